import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession, ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import type { SecondFactorGate, SecondFactorProof, VerifiedFactor } from '../auth/second-factor-gate.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { DataKeysService } from '../keys/data-keys.service.js';
import type { SignedInRequest, NewSession } from '../sessions/session.types.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { CodeGuessesService } from './code-guesses.service.js';
import { ContinuationService } from './continuation.service.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import type { FactorUse, PasskeyFactor, SecondFactorMethod } from './second-factor.types.js';
import { secondFactorView, type SecondFactorView } from './second-factor.views.js';
import { SecondFactorsRepository, type StoredFactors } from './second-factors.repository.js';
import { TotpService } from './totp.service.js';

/** Judges second factors, whatever they are proved for. */
@Injectable()
export class SecondFactorService implements SecondFactorGate {
  private passkeys?: PasskeyFactor;

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly factors: SecondFactorsRepository,
    private readonly totp: TotpService,
    private readonly recoveryCodes: RecoveryCodesService,
    private readonly guesses: CodeGuessesService,
    private readonly continuations: ContinuationService,
    private readonly keys: DataKeysService,
    private readonly audit: AuditService,
  ) {}

  /** Called by src/passkeys when it starts. */
  registerPasskeys(passkeys: PasskeyFactor): void {
    this.passkeys = passkeys;
  }

  /** Whether accounts can turn on TOTP: SECOND_FACTOR is not off, and DATA_KEYS is set. */
  get canEnroll(): boolean {
    return this.config.secondFactor !== 'off' && this.keys.available;
  }

  async checkSignIn(
    request: Request,
    signIn: NewSession,
    proof: SecondFactorProof | undefined,
    returnTo: string | undefined,
  ): Promise<VerifiedFactor | undefined> {
    const { user } = signIn;
    if (!secondFactorIsOn(user, this.config)) return undefined;
    if (proof) return this.verify(request, user, proof, { purpose: 'second_factor', subject: '' });
    const { remember: rememberMe, amr, byProvider, authenticatedAt, replaces } = signIn;
    const content = {
      userId: user._id.toHexString(),
      credentialVersion: credentialVersionOf(user),
      rememberMe,
      returnTo,
      amr,
      byProvider,
      authenticatedAt: authenticatedAt?.getTime(),
      renews: replaces?.publicId,
    };
    const methods = await this.methods(request, user);
    throw new AppError('second_factor_required', { methods, ...this.continuations.issue(content) });
  }

  async checkReauthentication(
    request: SignedInRequest,
    user: UserRecord,
    proof: SecondFactorProof = {},
  ): Promise<VerifiedFactor | undefined> {
    if (!secondFactorIsOn(user, this.config)) return undefined;
    const subject = request.auth.session.publicId;
    return this.verify(request, user, proof, { purpose: 'reauthentication', subject });
  }

  checkPasskey(request: SignedInRequest, user: UserRecord, credential: unknown): Promise<VerifiedFactor> {
    const subject = request.auth.session.publicId;
    return this.verify(request, user, { credential }, { purpose: 'reauthentication', subject });
  }

  /** What the account has, for its owner. */
  async show(user: UserRecord): Promise<SecondFactorView> {
    const stored = await this.factors.find(user._id);
    return secondFactorView(stored ?? user, this.config.secondFactor === 'required');
  }

  /**
   * @param proof where it is empty, the client is told what is missing
   * @returns the factor, still to be consumed in the transaction of what it is proved for
   * @throws {AppError} code_required, with methods and for a passkey options; wrong_code; rate_limited; overloaded
   */
  async verify(request: Request, user: UserRecord, proof: SecondFactorProof, use: FactorUse): Promise<VerifiedFactor> {
    const { code, recoveryCode, credential } = proof;
    try {
      if (code !== undefined) return await this.totp.verify(request, user, code);
      if (recoveryCode !== undefined) {
        return this.endingLock(request, user, await this.recoveryCodes.verify(request, user, recoveryCode));
      }
      if (credential !== undefined && this.passkeys) {
        return this.endingLock(request, user, await this.passkeys.verify(request, user, credential, use));
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'wrong_code') await this.recordFailure(request, user, use);
      throw error;
    }
    if (credential !== undefined) throw new AppError('wrong_code');
    throw await this.codeRequired(request, user, use);
  }

  /** What the account can prove a second factor with now, by this client. */
  async methods(request: Request, user: UserRecord): Promise<SecondFactorMethod[]> {
    const stored = await this.factors.find(user._id);
    return stored ? this.methodsOf(request, user, stored) : [];
  }

  /** Ends the wait and the lock of codes once a passkey or a recovery code has succeeded. */
  anotherWaySucceeded(request: Request, user: UserRecord, transaction?: ClientSession): Promise<void> {
    return this.guesses.clear(request, user, transaction);
  }

  /** For an operator's reset; see `PasskeyFactor`. */
  async removePasskeys(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.passkeys?.removeAll(userId, transaction);
  }

  private methodsOf(request: Request, user: UserRecord, stored: StoredFactors): SecondFactorMethod[] {
    const methods: SecondFactorMethod[] = [];
    if (this.totp.usable(stored) && !this.guesses.isLocked(request, user, stored)) methods.push('totp');
    if (this.passkeys && (stored.passkeyCount ?? 0) > 0) methods.push('passkey');
    if ((stored.recoveryCodes?.hashes.length ?? 0) > 0) methods.push('recovery_code');
    return methods;
  }

  private async codeRequired(request: Request, user: UserRecord, use: FactorUse): Promise<AppError> {
    const methods = await this.methods(request, user);
    const options = methods.includes('passkey') ? await this.passkeys!.options(user, use) : undefined;
    return new AppError('code_required', { methods, options });
  }

  private endingLock(request: Request, user: UserRecord, factor: VerifiedFactor): VerifiedFactor {
    const consume = async (transaction?: ClientSession) => {
      await factor.consume(transaction);
      await this.anotherWaySucceeded(request, user, transaction);
    };
    return { ...factor, consume };
  }

  private async recordFailure(request: Request, user: UserRecord, { purpose, subject }: FactorUse): Promise<void> {
    const signedIn = purpose === 'reauthentication';
    const subjectOf = signedIn ? { userId: user._id, sessionIds: [subject] } : { userId: user._id };
    await this.audit.record(request, signedIn ? 'reauthentication_failed' : 'sign_in_failed', subjectOf);
  }
}
