import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { createHmac } from 'node:crypto';
import { DeviceCookie } from '../auth/device.cookie.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { deriveKeys } from '../keys/derived-keys.js';
import { NoticesService } from '../mail/notices.service.js';
import { CountedBackoffService } from '../rate-limits/counted-backoff.service.js';
import type { UserRecord } from '../users/user.schema.js';
import type { StoredFactors } from './second-factors.repository.js';
import { WrongCodesRepository, wrongCodesOf, type WrongCodeCounter } from './wrong-codes.repository.js';

/** Consecutive wrong codes that lock codes (NIST SP 800-63B 3.2.2). */
const MAX_IN_A_ROW = 100;
/** Consecutive wrong codes that notify the owner: only a client that knows the first factor gets this far. */
const NOTIFY_AT = 3;

/** Limits guesses of codes per account, over all sign-ins and processes. A device with a device cookie has its own count. */
@Injectable()
export class CodeGuessesService {
  private readonly key: Buffer;

  constructor(
    @Inject(APP_CONFIG) { session }: AppConfig,
    private readonly backoff: CountedBackoffService,
    private readonly wrongCodes: WrongCodesRepository,
    private readonly devices: DeviceCookie,
    private readonly notices: NoticesService,
  ) {
    this.key = deriveKeys(session.secrets, 'code-attempts/v1')[0]!.key;
  }

  /** The counter for attempts of this client. */
  counterOf(request: Request, user: UserRecord): WrongCodeCounter {
    const deviceId = this.devices.read(request, user);
    return deviceId === undefined ? 'wrongCodes.others' : `wrongCodes.devices.${deviceId}`;
  }

  isLocked(request: Request, user: UserRecord, stored: StoredFactors): boolean {
    return wrongCodesOf(stored, this.counterOf(request, user)) >= MAX_IN_A_ROW;
  }

  /**
   * Counts a code, judges it, and takes the count back when the code is right.
   * @returns whether the code is right; false without judging while codes are locked
   * @throws {AppError} rate_limited, when it is too early for another attempt; overloaded
   */
  async judge(
    request: Request,
    user: UserRecord,
    stored: StoredFactors,
    isRight: () => Promise<boolean>,
  ): Promise<boolean> {
    if (this.isLocked(request, user, stored)) return false;
    return this.backoff.guard(request, this.attemptsId(this.counterOf(request, user), user), () =>
      this.judgeCounted(request, user, isRight),
    );
  }

  /** Ends the lock for all clients, and the wait for this client and for all clients without a device cookie. */
  async clear(request: Request, user: UserRecord, transaction?: ClientSession): Promise<void> {
    await this.wrongCodes.clear(user._id, transaction);
    const counters: WrongCodeCounter[] = ['wrongCodes.others', this.counterOf(request, user)];
    await this.backoff.clear(
      counters.map((counter) => this.attemptsId(counter, user)),
      transaction,
    );
  }

  /** An HMAC, because attempts outlive a deleted account and must not identify it. */
  private attemptsId(counter: WrongCodeCounter, { _id }: UserRecord): string {
    const name = `${_id.toHexString()}:${counter}`;
    return `code:${createHmac('sha256', this.key).update(name).digest('base64url')}`;
  }

  private async judgeCounted(request: Request, user: UserRecord, isRight: () => Promise<boolean>): Promise<boolean> {
    const counter = this.counterOf(request, user);
    const count = await this.wrongCodes.count(user._id, counter, MAX_IN_A_ROW);
    if (count === undefined) return false;
    let wrong = false;
    try {
      wrong = !(await isRight());
    } finally {
      if (!wrong) await this.wrongCodes.refund(user._id, counter);
    }
    if (wrong) await this.notifyOwner(request, user, count);
    return !wrong;
  }

  private async notifyOwner(request: Request, user: UserRecord, count: number): Promise<void> {
    if (count === NOTIFY_AT) await this.notices.notify(user, 'second_factor_failed', { origin: request });
    if (count === MAX_IN_A_ROW) await this.notices.notify(user, 'second_factor_locked', { origin: request });
  }
}
