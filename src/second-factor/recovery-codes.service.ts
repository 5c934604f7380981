import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import type { VerifiedFactor } from '../auth/second-factor-gate.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { NoticesService } from '../mail/notices.service.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { hasSecondFactor } from '../users/second-factor-state.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

/** At this many unused codes the owner is asked to create new ones. */
const FEW = 2;

/** Verifies and renews recovery codes. They have 120 random bits, so guesses are limited per IP address only. */
@Injectable()
export class RecoveryCodesService {
  constructor(
    private readonly database: DatabaseService,
    private readonly users: UsersService,
    private readonly factors: SecondFactorsRepository,
    private readonly notices: NoticesService,
  ) {}

  /** @throws {AppError} wrong_code */
  async verify(request: Request, user: UserRecord, recoveryCode: string): Promise<VerifiedFactor> {
    const hash = hashRecoveryCode(recoveryCode);
    const stored = await this.factors.find(user._id);
    if (!stored?.recoveryCodes?.hashes.includes(hash)) throw new AppError('wrong_code');
    return { amr: ['otp', 'mfa'], consume: (transaction) => this.use(request, user, hash, transaction) };
  }

  /**
   * Replaces the codes by ten new ones.
   * @throws {AppError} nothing_to_verify, when the account has no second factor that they can replace
   */
  async renew(request: SignedInRequest): Promise<string[]> {
    const { user, publicId } = request.auth.session;
    const codes = newRecoveryCodes();
    await this.database.transaction(async (transaction) => {
      await this.users.lock(user._id, transaction);
      const stored = await this.factors.find(user._id, transaction);
      if (!stored || !hasSecondFactor(stored)) throw new AppError('nothing_to_verify');
      await this.factors.setRecoveryCodes(user._id, codes.map(hashRecoveryCode), transaction);
      const context = { origin: request, sessionIds: [publicId] };
      await this.notices.notify(user, 'recovery_codes_renewed', context, transaction);
    });
    return codes;
  }

  private async use(request: Request, user: UserRecord, hash: string, transaction?: ClientSession): Promise<void> {
    const recoveryCodesLeft = await this.factors.takeRecoveryCode(user._id, hash, transaction);
    if (recoveryCodesLeft === undefined) throw new AppError('wrong_code');
    const context = { origin: request, details: { recoveryCodesLeft } };
    await this.notices.notify(user, 'recovery_code_used', context, transaction);
    if (recoveryCodesLeft <= FEW) await this.notices.notify(user, 'recovery_codes_low', context, transaction);
  }
}
