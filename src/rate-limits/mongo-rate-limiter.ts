import type { Document, Filter, FindOneAndUpdateOptions, UpdateFilter } from 'mongodb';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { WRITE_CONCERN_W1 } from '../database/database.options.js';
import type { DatabaseService } from '../database/database.service.js';
import { MAX_CLOCK_SKEW_FACTOR } from './clock-skew.js';

/** A number of points per window. */
export interface Rate {
  points: number;
  windowMs: number;
}

/** Counts in fixed windows, in the database and so for all processes together. */
export class MongoRateLimiter {
  private readonly limiter: RateLimiterMongo;

  /** @param keyPrefix separates its keys from those of other limiters */
  constructor(database: DatabaseService, keyPrefix: string, { points, windowMs }: Rate) {
    this.limiter = new RateLimiterMongo({
      keyPrefix,
      points,
      // A full window stays full until it ends, in every process: no further query is needed.
      inMemoryBlockOnConsumed: points,
      duration: windowMs / 1000,
      tableName: 'address_limits',
      storeClient: { collection: (name: string) => lazyCollection(database, name, windowMs) },
      // database/indexes.ts creates them.
      disableIndexesCreation: true,
    });
  }

  /** Counts one point. @returns 0 within the limit, otherwise the seconds until the window ends */
  async consume(key: string): Promise<number> {
    try {
      await this.limiter.consume(key);
      return 0;
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const seconds = rejection.msBeforeNext / 1000;
      if (seconds <= MAX_CLOCK_SKEW_FACTOR * this.limiter.duration) return Math.max(1, Math.ceil(seconds));
      // Deletes the count from the memory of this process as well, which may hold the only copy.
      await this.limiter.delete(key);
      return this.consume(key);
    }
  }
}

/** The limiter asks for its collection once, possibly before the connection exists. This object looks it up at each command. */
function lazyCollection(database: DatabaseService, name: string, windowMs: number) {
  return {
    findOneAndUpdate: (filter: Filter<Document>, update: UpdateFilter<Document>, options: FindOneAndUpdateOptions) =>
      // As in counted-backoff.service.ts, a later write of the request waits for the journal.
      database.collection(name).findOneAndUpdate(filter, update, { ...options, ...WRITE_CONCERN_W1 }),
    deleteOne: (filter: Filter<Document>) =>
      database.collection(name).deleteOne({ ...filter, ...isInFuture(windowMs) }),
  };
}

/** Another process may have restarted the window already: a second restart would give the client new attempts. */
function isInFuture(windowMs: number): Filter<Document> {
  return { expire: { $gt: new Date(Date.now() + MAX_CLOCK_SKEW_FACTOR * windowMs) } };
}
