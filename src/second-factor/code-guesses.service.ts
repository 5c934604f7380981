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
import {
  SecondFactorsRepository,
  wrongCodesOf,
  type StoredFactors,
  type WrongCodeCounter,
} from './second-factors.repository.js';

/** After so many wrong codes in a row no code is judged (NIST SP 800-63B 3.2.2). */
const MOST_IN_A_ROW = 100;
/** At so many the owner is told: only a client that knows the first factor gets this far. */
const TELLING = 3;

/** Limits guesses of codes per account, over all sign-ins and processes. A device with a device cookie counts apart. */
@Injectable()
export class CodeGuessesService {
  private readonly key: Buffer;

  constructor(
    @Inject(APP_CONFIG) { session }: AppConfig,
    private readonly backoff: CountedBackoffService,
    private readonly factors: SecondFactorsRepository,
    private readonly devices: DeviceCookie,
    private readonly notices: NoticesService,
  ) {
    this.key = deriveKeys(session.secrets, 'code-attempts/v1')[0]!.key;
  }

  /** Whose count an attempt of this client belongs to. */
  counterOf(request: Request, user: UserRecord): WrongCodeCounter {
    const deviceId = this.devices.read(request, user);
    return deviceId === undefined ? 'wrongCodes.others' : `wrongCodes.devices.${deviceId}`;
  }

  isLocked(request: Request, user: UserRecord, stored: StoredFactors): boolean {
    return wrongCodesOf(stored, this.counterOf(request, user)) >= MOST_IN_A_ROW;
  }

  /**
   * Counts a code, judges it, and gives the count back when it was right.
   * @returns whether it is right; false without judging where codes are locked
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

  /** Ends the wait and the lock, for all clients. */
  async clear(request: Request, user: UserRecord, transaction?: ClientSession): Promise<void> {
    await this.factors.clearWrongCodes(user._id, transaction);
    const counters: WrongCodeCounter[] = ['wrongCodes.others', this.counterOf(request, user)];
    await this.backoff.clear(
      counters.map((counter) => this.attemptsId(counter, user)),
      transaction,
    );
  }

  /** Keyed, so that the attempts that outlive a deleted account do not name it. */
  private attemptsId(counter: WrongCodeCounter, { _id }: UserRecord): string {
    const name = `${_id.toHexString()}:${counter}`;
    return `code:${createHmac('sha256', this.key).update(name).digest('base64url')}`;
  }

  private async judgeCounted(request: Request, user: UserRecord, isRight: () => Promise<boolean>): Promise<boolean> {
    const counter = this.counterOf(request, user);
    const count = await this.factors.countWrongCode(user._id, counter, MOST_IN_A_ROW);
    if (count === undefined) return false;
    let wrong = false;
    try {
      wrong = !(await isRight());
    } finally {
      if (!wrong) await this.factors.giveBack(user._id, counter);
    }
    if (wrong) await this.tellOwner(request, user, count);
    return !wrong;
  }

  private async tellOwner(request: Request, user: UserRecord, count: number): Promise<void> {
    if (count === TELLING) await this.notices.notify(user, 'second_factor_failed', { origin: request });
    if (count === MOST_IN_A_ROW) await this.notices.notify(user, 'second_factor_locked', { origin: request });
  }
}
