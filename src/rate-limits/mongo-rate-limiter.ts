import type { Document, Filter, FindOneAndUpdateOptions, UpdateFilter } from 'mongodb';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { WRITE_CONCERN_W1 } from '../database/database.options.js';
import type { DatabaseService } from '../database/database.service.js';

/** So many per window. */
export interface Rate {
  points: number;
  windowMs: number;
}

/**
 * A window that is still to last longer than this many windows began before the clock was put back, and begins anew. Not
 * one: the clocks of several processes differ a little, and that must not reset a limit.
 */
const MOST_WINDOWS = 2;

/** Fixed windows counted in the database: the same for every process. */
export class MongoRateLimiter {
  private readonly limiter: RateLimiterMongo;

  /** @param keyPrefix keeps its keys apart from those of other limiters */
  constructor(database: DatabaseService, keyPrefix: string, { points, windowMs }: Rate) {
    this.limiter = new RateLimiterMongo({
      keyPrefix,
      points,
      // Full is full until the window ends, in every process: nothing is asked again.
      inMemoryBlockOnConsumed: points,
      duration: windowMs / 1000,
      tableName: 'address_limits',
      storeClient: { collection: (name: string) => lazily(database, name, windowMs) },
      // database/indexes.ts has them.
      disableIndexesCreation: true,
    });
  }

  /** Counts one. @returns 0 where it is within the limit, else the seconds until the window ends */
  async consume(key: string): Promise<number> {
    try {
      await this.limiter.consume(key);
      return 0;
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const seconds = rejection.msBeforeNext / 1000;
      if (seconds <= MOST_WINDOWS * this.limiter.duration) return Math.max(1, Math.ceil(seconds));
      // And from the memory of this process, which may be all that still has it.
      await this.limiter.delete(key);
      return this.consume(key);
    }
  }
}

/** The limiter asks for its collection once, at a time when there may be no connection yet. */
function lazily(database: DatabaseService, name: string, windowMs: number) {
  return {
    findOneAndUpdate: (filter: Filter<Document>, update: UpdateFilter<Document>, options: FindOneAndUpdateOptions) =>
      // As in login-backoff.service.ts: the journal is waited for later, with what the attempt leads to.
      database.collection(name).findOneAndUpdate(filter, update, { ...options, ...WRITE_CONCERN_W1 }),
    deleteOne: (filter: Filter<Document>) =>
      database.collection(name).deleteOne({ ...filter, ...ofTheFuture(windowMs) }),
  };
}

/** Another process may have begun the window anew already: doing it again would give the client its attempts once more. */
function ofTheFuture(windowMs: number): Filter<Document> {
  return { expire: { $gt: new Date(Date.now() + MOST_WINDOWS * windowMs) } };
}
