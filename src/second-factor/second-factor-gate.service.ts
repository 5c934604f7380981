import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { SecondFactorGate, SecondFactorProof, VerifiedFactor } from '../auth/second-factor-gate.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import type { NewSession, SignedInRequest } from '../sessions/session.types.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { ContinuationService, type Continuation } from './continuation.service.js';
import { SecondFactorService } from './second-factor.service.js';

/** Decides whether a sign-in or a re-authentication needs a second factor, and verifies it. */
@Injectable()
export class SecondFactorGateService implements SecondFactorGate {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly secondFactors: SecondFactorService,
    private readonly continuations: ContinuationService,
  ) {}

  async checkSignIn(
    request: Request,
    signIn: NewSession,
    proof: SecondFactorProof | undefined,
    returnTo: string | undefined,
  ): Promise<VerifiedFactor | undefined> {
    const { user } = signIn;
    if (!secondFactorIsOn(user, this.config)) return undefined;
    if (proof) return this.secondFactors.verify(request, user, proof, { purpose: 'second_factor', subject: '' });
    const methods = await this.secondFactors.methods(request, user);
    const continuation = this.continuations.issue(contentOf(signIn, returnTo));
    throw new AppError('second_factor_required', { methods, ...continuation });
  }

  async checkReauthentication(
    request: SignedInRequest,
    user: UserRecord,
    proof: SecondFactorProof = {},
  ): Promise<VerifiedFactor | undefined> {
    if (!secondFactorIsOn(user, this.config)) return undefined;
    return this.secondFactors.verify(request, user, proof, reauthenticationOf(request));
  }

  checkPasskey(request: SignedInRequest, user: UserRecord, credential: unknown): Promise<VerifiedFactor> {
    return this.secondFactors.verify(request, user, { credential }, reauthenticationOf(request));
  }
}

const reauthenticationOf = ({ auth }: SignedInRequest) => ({
  purpose: 'reauthentication' as const,
  subject: auth.session.publicId,
});

function contentOf(signIn: NewSession, returnTo: string | undefined): Continuation {
  const { user, remember: rememberMe, amr, byProvider, authenticatedAt, replaces } = signIn;
  return {
    userId: user._id.toHexString(),
    credentialVersion: credentialVersionOf(user),
    rememberMe,
    returnTo,
    amr,
    byProvider,
    authenticatedAt: authenticatedAt?.getTime(),
    renews: replaces?.publicId,
  };
}
