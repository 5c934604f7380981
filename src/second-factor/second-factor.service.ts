import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession, ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import type { SecondFactorProof, VerifiedFactor } from '../auth/second-factor-gate.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { DataKeysService } from '../keys/data-keys.service.js';
import type { UserRecord } from '../users/user.schema.js';
import { CodeGuessesService } from './code-guesses.service.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import type { FactorUse, PasskeyFactor, SecondFactorMethod } from './second-factor.types.js';
import { secondFactorView, type SecondFactorView } from './second-factor.views.js';
import { SecondFactorsRepository, type StoredFactors } from './second-factors.repository.js';
import { TotpService } from './totp.service.js';

/** The second factors of accounts: what they can use, and whether a proof is right. */
@Injectable()
export class SecondFactorService {
  /** Set by PasskeyFactorService before the app listens. */
  private passkeys!: PasskeyFactor;

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly factors: SecondFactorsRepository,
    private readonly totp: TotpService,
    private readonly recoveryCodes: RecoveryCodesService,
    private readonly guesses: CodeGuessesService,
    private readonly keys: DataKeysService,
    private readonly audit: AuditService,
  ) {}

  registerPasskeys(passkeys: PasskeyFactor): void {
    this.passkeys = passkeys;
  }

  /** Whether accounts can turn on TOTP: DATA_KEYS is set, and SECOND_FACTOR is not `off`. */
  get canEnroll(): boolean {
    return this.config.secondFactor !== 'off' && this.keys.available;
  }

  /** What the owner sees. */
  async show(user: UserRecord): Promise<SecondFactorView> {
    const stored = await this.factors.find(user._id);
    return secondFactorView(stored ?? user, this.config.secondFactor === 'required');
  }

  /**
   * @param proof empty: throws code_required
   * @returns the factor; the caller consumes it in the transaction that stores what it was proved for
   * @throws {AppError} code_required, with methods, and with options where a passkey is among them; wrong_code;
   * rate_limited; overloaded
   */
  async verify(request: Request, user: UserRecord, proof: SecondFactorProof, use: FactorUse): Promise<VerifiedFactor> {
    const { code, recoveryCode, credential } = proof;
    try {
      if (code !== undefined) return await this.totp.verify(request, user, code);
      if (recoveryCode !== undefined) {
        return this.clearingWrongCodes(request, user, await this.recoveryCodes.verify(request, user, recoveryCode));
      }
      if (credential !== undefined) {
        return this.clearingWrongCodes(request, user, await this.passkeys.verify(request, user, credential, use));
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'wrong_code') await this.recordFailure(request, user, use);
      throw error;
    }
    throw await this.codeRequired(request, user, use);
  }

  /** What this client can use now. A locked TOTP, or one whose key is missing, is left out. */
  async methods(request: Request, user: UserRecord): Promise<SecondFactorMethod[]> {
    const stored = await this.factors.find(user._id);
    return stored ? this.methodsOf(request, user, stored) : [];
  }

  /** Ends the wait and the lock of codes after a correct passkey or recovery code. */
  clearWrongCodes(request: Request, user: UserRecord, transaction?: ClientSession): Promise<void> {
    return this.guesses.clear(request, user, transaction);
  }

  /** For an operator's reset. */
  removePasskeys(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    return this.passkeys.removeAll(userId, transaction);
  }

  private methodsOf(request: Request, user: UserRecord, stored: StoredFactors): SecondFactorMethod[] {
    const methods: SecondFactorMethod[] = [];
    if (this.totp.isUsable(stored) && !this.guesses.isLocked(request, user, stored)) methods.push('totp');
    if (this.config.passkeys && (stored.passkeyCount ?? 0) > 0) methods.push('passkey');
    if ((stored.recoveryCodes?.hashes.length ?? 0) > 0) methods.push('recovery_code');
    return methods;
  }

  private async codeRequired(request: Request, user: UserRecord, use: FactorUse): Promise<AppError> {
    const methods = await this.methods(request, user);
    const options = methods.includes('passkey') ? await this.passkeys.options(user, use) : undefined;
    return new AppError('code_required', { methods, options });
  }

  private clearingWrongCodes(request: Request, user: UserRecord, factor: VerifiedFactor): VerifiedFactor {
    const consume = async (transaction?: ClientSession) => {
      await factor.consume(transaction);
      await this.clearWrongCodes(request, user, transaction);
    };
    return { ...factor, consume };
  }

  private async recordFailure(request: Request, user: UserRecord, { purpose, subject }: FactorUse): Promise<void> {
    const signedIn = purpose === 'reauthentication';
    const subjectOf = signedIn ? { userId: user._id, sessionIds: [subject] } : { userId: user._id };
    await this.audit.record(request, signedIn ? 'reauthentication_failed' : 'sign_in_failed', subjectOf);
  }
}
