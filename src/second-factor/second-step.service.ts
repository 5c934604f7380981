import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ObjectId } from 'mongodb';
import { loginView } from '../auth/auth.views.js';
import { ReauthenticationService } from '../auth/reauthentication.service.js';
import type { VerifiedFactor } from '../auth/second-factor-gate.js';
import { passportLogIn, SignInService } from '../auth/sign-in.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { SessionLoader } from '../sessions/session.loader.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { userView } from '../users/users.views.js';
import { ContinuationService, type Continuation } from './continuation.service.js';
import type { SecondStepBody } from './second-factor.schemas.js';
import type { SecondStepView } from './second-factor.views.js';
import { SecondFactorService } from './second-factor.service.js';

/** The second step of a sign-in, or of a re-authentication by a provider. */
@Injectable()
export class SecondStepService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly ipLimits: IpRateLimiterService,
    private readonly continuations: ContinuationService,
    private readonly users: UsersService,
    private readonly sessions: SessionLoader,
    private readonly secondFactors: SecondFactorService,
    private readonly signIns: SignInService,
    private readonly reauthentications: ReauthenticationService,
  ) {}

  /** @throws {AppError} sign_in_expired, account_disabled, wrong_code, session_limit_reached, rate_limited, overloaded */
  async complete(request: Request, response: Response, body: SecondStepBody): Promise<SecondStepView> {
    const { continuation, endSession, ...proof } = body;
    await this.ipLimits.countAttempt(request);
    const begun = this.continuations.read(continuation);
    const user = await this.userOf(begun);
    await this.sessions.load(request, response);
    if (begun.renews !== undefined && begun.renews !== request.auth.session?.publicId) {
      throw new AppError('sign_in_expired');
    }
    const factor = await this.secondFactors.verify(request, user, proof, {
      purpose: 'second_factor',
      subject: continuation,
    });
    if (begun.renews === undefined) await this.signIn(request, user, begun, factor, endSession);
    else await this.renew(request as SignedInRequest, user, begun, factor);
    const { returnTo } = begun;
    return { ...loginView(userView(user), request.auth.session!), ...(returnTo !== undefined && { returnTo }) };
  }

  /** Reads the account again: it may have changed since the first step. */
  private async userOf({ userId, credentialVersion }: Continuation): Promise<UserRecord> {
    const user = await this.users.findById(new ObjectId(userId));
    const unchanged = user && credentialVersionOf(user) === credentialVersion && secondFactorIsOn(user, this.config);
    if (!unchanged) throw new AppError('sign_in_expired');
    if (user.disabledAt) throw new AppError('account_disabled');
    return user;
  }

  private async signIn(
    request: Request,
    user: UserRecord,
    begun: Continuation,
    factor: VerifiedFactor,
    endSession?: string,
  ): Promise<void> {
    request.auth.newSession = { user, remember: begun.rememberMe, ...provedBy(begun, factor) };
    const consume = factor.consume.bind(factor);
    await this.signIns.establishSession(request, { endSession, consume }, () => passportLogIn(request, userView(user)));
  }

  private renew(
    request: SignedInRequest,
    user: UserRecord,
    begun: Continuation,
    factor: VerifiedFactor,
  ): Promise<unknown> {
    return this.reauthentications.rotate(request, user, provedBy(begun, factor), factor);
  }
}

function provedBy({ amr, byProvider, authenticatedAt }: Continuation, factor: VerifiedFactor) {
  return {
    amr: [...new Set([...amr, ...factor.amr])],
    aal: 2 as const,
    byProvider,
    ...(authenticatedAt !== undefined && { authenticatedAt: new Date(authenticatedAt) }),
  };
}
