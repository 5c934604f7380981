import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession, Collection, Document } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { WRITE_CONCERN_W1 } from '../database/database.options.js';
import { AppError } from '../errors/app.error.js';
import { KeyedSemaphore } from './keyed-semaphore.js';

const FIRST_WAIT_MS = 1_000;
const WINDOW_MS = 24 * 3_600_000;
/**
 * What is still to last longer than so many of the longest waits, or windows, was begun before the clock was put back.
 * Not one: clocks of servers differ a little, and a new primary must not end a wait.
 */
const MAX_CLOCK_SKEW_FACTOR = 2;

interface AttemptCount {
  _id: string;
  /** Attempts that were counted and not given back: wrong ones, and those being judged now. */
  failures: number;
  /** Before this the next attempt is not judged. */
  nextAt: Date;
  /** End of the window that began with the first attempt. */
  expires: Date;
  /** When the last attempt was made, and whether it may be judged. */
  at: Date;
  judged: boolean;
}

/**
 * Slows down guesses of one secret: a password, or the codes of an account. An attempt is counted before it is judged and
 * given back when it was right, in one command each and by the clock of the database, so guesses that race to any number
 * of processes are judged no more often than guesses made one by one. The counts do not wait for a journal: what an
 * attempt leads to, a session or a history event, is written later in the same log, and its response waits for that.
 * Written here, because rate-limiter-flexible also counts rejected attempts and blocks for one fixed time.
 * @see docs/adr/0020-device-cookie-and-backoff.md
 */
@Injectable()
export class CountedBackoffService {
  private readonly freeFailures: number;
  private readonly semaphore: KeyedSemaphore;

  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {
    // The wait follows a failure, so the first attempt is always judged.
    this.freeFailures = Math.max(1, config.limits.freeFailures);
    // Half of what may be judged at once: the other half is for another process.
    this.semaphore = new KeyedSemaphore(Math.max(1, Math.floor(this.freeFailures / 2)), config.hashMaxWaitMs);
  }

  /**
   * @param key whose attempts are counted together
   * @param verify whether the attempt is right
   * @returns what `verify` found
   * @throws {AppError} rate_limited, when it is too early for another attempt; overloaded
   */
  async guard({ deadline }: Request, key: string, verify: () => Promise<boolean>): Promise<boolean> {
    // Best effort: keeps concurrent right attempts from rejecting each other. The database stays authoritative.
    const release = await deadline.pauseWhile(() => this.semaphore.acquire(key));
    try {
      return await this.attempt(key, verify);
    } finally {
      release();
    }
  }

  /** Forgets the failures, and with them any wait. */
  async clear(keys: string[], transaction?: ClientSession): Promise<void> {
    await this.attempts.deleteMany({ _id: { $in: keys } }, { session: transaction });
  }

  private async attempt(id: string, verify: () => Promise<boolean>): Promise<boolean> {
    const attempt = await this.count(id);
    if (!attempt.judged) throw rateLimitedUntil(attempt);
    let wrong = false;
    try {
      const right = await verify();
      wrong = !right;
      return right;
    } finally {
      // Right, or not looked at because something failed.
      if (!wrong) await this.refund(attempt);
    }
  }

  private get attempts(): Collection<AttemptCount> {
    return this.database.collection<AttemptCount>('login_attempts');
  }

  private async count(id: string): Promise<AttemptCount> {
    const { maxDelayMs } = this.config.limits;
    const windowMs = Math.max(WINDOW_MS, maxDelayMs);
    const begun = { $ifNull: ['$expires', '$$NOW'] };
    const over = { $or: [{ $lte: [begun, '$$NOW'] }, isInFuture('$expires', windowMs)] };
    // No wait has begun. `nextAt` does not say so: $$NOW is when a command came, and one that came first may be second.
    const free = { $lt: ['$failures', this.freeFailures] };
    const waited = { $or: [{ $lte: ['$nextAt', '$$NOW'] }, isInFuture('$nextAt', maxDelayMs)] };
    const counted = await this.attempts.findOneAndUpdate(
      { _id: id },
      [
        {
          $set: {
            at: '$$NOW',
            judged: { $or: [over, free, waited] },
            failures: { $cond: [over, 0, '$failures'] },
            expires: { $cond: [over, { $add: ['$$NOW', windowMs] }, '$expires'] },
          },
        },
        { $set: { failures: { $add: ['$failures', { $cond: ['$judged', 1, 0] }] } } },
        { $set: { nextAt: { $cond: ['$judged', { $add: ['$$NOW', this.waitMs()] }, '$nextAt'] } } },
      ],
      { upsert: true, returnDocument: 'after', ...WRITE_CONCERN_W1 },
    );
    return counted!;
  }

  /** From the last free failure on the wait doubles. */
  private waitMs(): Document {
    const doublings = { $subtract: ['$failures', this.freeFailures] };
    const wait = { $min: [this.config.limits.maxDelayMs, { $multiply: [FIRST_WAIT_MS, { $pow: [2, doublings] }] }] };
    return { $cond: [{ $lt: ['$failures', this.freeFailures] }, 0, wait] };
  }

  /** As if the attempt had not been made, with those that were counted meanwhile left as they are. */
  private async refund({ _id, at, nextAt, expires }: AttemptCount): Promise<void> {
    const noWait = { $or: [{ $lt: ['$failures', this.freeFailures] }, { $eq: ['$nextAt', nextAt] }] };
    const earlier = [
      { $set: { failures: { $subtract: ['$failures', 1] } } },
      {
        $set: {
          nextAt: { $cond: [noWait, at, '$nextAt'] },
          expires: { $cond: [{ $lte: ['$failures', 0] }, '$$NOW', '$expires'] },
        },
      },
    ];
    await this.attempts.updateOne({ _id, expires }, earlier, WRITE_CONCERN_W1);
  }
}

function isInFuture(time: string, longestMs: number): Document {
  return { $gt: [time, { $add: ['$$NOW', MAX_CLOCK_SKEW_FACTOR * longestMs] }] };
}

function rateLimitedUntil({ at, nextAt, expires }: AttemptCount): AppError {
  const waitMs = Math.min(nextAt.getTime(), expires.getTime()) - at.getTime();
  return new AppError('rate_limited', {
    retryAfterSeconds: Math.ceil(waitMs / 1000),
    event: 'authn_login_fail_max',
  });
}
