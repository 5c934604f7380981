import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, Collection, Document } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { WRITE_CONCERN_W1 } from '../database/database.options.js';
import { DatabaseService } from '../database/database.service.js';
import { MAX_CLOCK_SKEW_FACTOR } from './clock-skew.js';

const FIRST_WAIT_MS = 1_000;
const WINDOW_MS = 24 * 3_600_000;

export interface AttemptCount {
  _id: string;
  /** Wrong attempts, and attempts in progress. */
  failures: number;
  /** Attempts before this time are rejected. */
  nextAt: Date;
  /** End of the window that began with the first attempt. */
  expires: Date;
  /** Time of the last attempt. */
  at: Date;
  /** Whether the last attempt was allowed. */
  judged: boolean;
}

/** Reads and writes the `login_attempts` collection, each operation in one command and by the clock of the database. */
@Injectable()
export class AttemptCountsRepository {
  /** Attempts without a wait. At least one, because a wait follows a failure. */
  readonly freeFailures: number;
  private readonly maxDelayMs: number;
  private readonly windowMs: number;

  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { limits }: AppConfig,
  ) {
    this.freeFailures = Math.max(1, limits.freeFailures);
    this.maxDelayMs = limits.maxDelayMs;
    this.windowMs = Math.max(WINDOW_MS, limits.maxDelayMs);
  }

  /** Counts an attempt before it is verified, unless it comes too early. */
  async count(id: string): Promise<AttemptCount> {
    const begun = { $ifNull: ['$expires', '$$NOW'] };
    const over = { $or: [{ $lte: [begun, '$$NOW'] }, isTooFarAhead('$expires', this.windowMs)] };
    // Ignores `nextAt`: $$NOW is the time at which a command arrived, and commands may execute in another order.
    const free = { $lt: ['$failures', this.freeFailures] };
    const waited = { $or: [{ $lte: ['$nextAt', '$$NOW'] }, isTooFarAhead('$nextAt', this.maxDelayMs)] };
    const counted = await this.attempts.findOneAndUpdate(
      { _id: id },
      [
        {
          $set: {
            at: '$$NOW',
            judged: { $or: [over, free, waited] },
            failures: { $cond: [over, 0, '$failures'] },
            expires: { $cond: [over, { $add: ['$$NOW', this.windowMs] }, '$expires'] },
          },
        },
        { $set: { failures: { $add: ['$failures', { $cond: ['$judged', 1, 0] }] } } },
        { $set: { nextAt: { $cond: ['$judged', { $add: ['$$NOW', this.waitMs()] }, '$nextAt'] } } },
      ],
      { upsert: true, returnDocument: 'after', ...WRITE_CONCERN_W1 },
    );
    return counted!;
  }

  /** Takes an attempt back. Attempts that were counted meanwhile stay counted. */
  async refund({ _id, at, nextAt, expires }: AttemptCount): Promise<void> {
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

  /** Forgets the failures, and with them any wait. */
  async clear(ids: string[], transaction?: ClientSession): Promise<void> {
    await this.attempts.deleteMany({ _id: { $in: ids } }, { session: transaction });
  }

  /** The wait doubles with every failure from the last free one on. */
  private waitMs(): Document {
    const doublings = { $subtract: ['$failures', this.freeFailures] };
    const wait = { $min: [this.maxDelayMs, { $multiply: [FIRST_WAIT_MS, { $pow: [2, doublings] }] }] };
    return { $cond: [{ $lt: ['$failures', this.freeFailures] }, 0, wait] };
  }

  private get attempts(): Collection<AttemptCount> {
    return this.database.collection<AttemptCount>('login_attempts');
  }
}

function isTooFarAhead(time: string, longestMs: number): Document {
  return { $gt: [time, { $add: ['$$NOW', MAX_CLOCK_SKEW_FACTOR * longestMs] }] };
}
