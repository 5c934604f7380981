import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession, ObjectId } from 'mongodb';
import type { VerifiedFactor } from '../auth/second-factor-gate.js';
import { AppError } from '../errors/app.error.js';
import { DataKeysService, type Encrypted } from '../keys/data-keys.service.js';
import type { UserRecord } from '../users/user.schema.js';
import { CodeGuessesService } from './code-guesses.service.js';
import { SecondFactorsRepository, type StoredFactors } from './second-factors.repository.js';
import { stepOf } from './totp.js';

/** Binds an encrypted secret to its account: it does not decrypt for another one. */
export const secretContext = (userId: ObjectId): string => `totp/v1:${userId.toHexString()}`;

/** Codes of authenticator apps. */
@Injectable()
export class TotpService {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly guesses: CodeGuessesService,
    private readonly keys: DataKeysService,
  ) {}

  /** Whether the account has TOTP on and DATA_KEYS decrypts its secret. */
  isUsable({ _id, totpSecret }: StoredFactors): boolean {
    return totpSecret !== undefined && this.keys.decrypt(totpSecret, secretContext(_id)) !== undefined;
  }

  /** @throws {AppError} wrong_code, rate_limited, overloaded */
  async verify(request: Request, user: UserRecord, code: string): Promise<VerifiedFactor> {
    const stored = await this.factors.find(user._id);
    if (!stored?.totpSecret) throw new AppError('wrong_code');
    const secret = this.keys.decrypt(stored.totpSecret, secretContext(user._id));
    if (!secret) throw new AppError('wrong_code');
    const { lastStep } = stored.totpSecret;
    let step: number | undefined;
    const right = await this.guesses.judge(request, user, stored, async () => {
      step = await stepOf(code, secret);
      return step !== undefined && step > lastStep;
    });
    if (!right) throw new AppError('wrong_code');
    const consume = (transaction?: ClientSession) =>
      this.accept(request, user, { encrypted: stored.totpSecret!, secret, step: step! }, transaction);
    return { amr: ['otp', 'mfa'], consume };
  }

  private async accept(request: Request, user: UserRecord, used: UsedCode, transaction?: ClientSession): Promise<void> {
    const counter = this.guesses.counterOf(request, user);
    const accepted = await this.factors.acceptStep(user._id, used.step, counter, transaction);
    if (!accepted) throw new AppError('wrong_code');
    if (this.keys.isCurrent(used.encrypted)) return;
    const encrypted = this.keys.encrypt(used.secret, secretContext(user._id));
    await this.factors.reencrypt(user._id, used.encrypted, encrypted, transaction);
  }
}

interface UsedCode {
  encrypted: Encrypted;
  secret: Buffer;
  step: number;
}
