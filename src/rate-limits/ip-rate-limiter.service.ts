import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Document, Filter, FindOneAndUpdateOptions, UpdateFilter } from 'mongodb';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { WRITE_CONCERN_W1 } from '../database/database.options.js';
import { AppError } from '../errors/app.error.js';
import { networkOf } from '../net/ip-address.js';

/**
 * A window that is still to last longer than so many was begun before the clock was put back, and is begun anew. Not one:
 * clocks of several processes differ a little, and a limit must not be reset by that.
 */
const MAX_CLOCK_SKEW_FACTOR = 2;

/** How often one IP address or one user may do something, in fixed windows counted in the database for all processes. */
@Injectable()
export class IpRateLimiterService {
  private readonly logins: RateLimiterMongo;
  private readonly signups: RateLimiterMongo;
  private readonly posts: RateLimiterMongo;

  constructor(database: DatabaseService, @Inject(APP_CONFIG) { limits }: AppConfig) {
    const limiter = (keyPrefix: string, { points, windowMs }: AppConfig['limits']['loginPerIp']) =>
      new RateLimiterMongo({
        keyPrefix,
        points,
        // Full is full until the window ends, in every process: nothing is asked again.
        inMemoryBlockOnConsumed: points,
        duration: windowMs / 1000,
        tableName: 'address_limits',
        storeClient: { collection: (name: string) => lazyCollection(database, name, windowMs) },
        // database/indexes.ts has them.
        disableIndexesCreation: true,
      });
    this.logins = limiter('login', limits.loginPerIp);
    this.signups = limiter('signup', limits.signupPerIp);
    this.posts = limiter('post', limits.postPerUser);
  }

  /** @throws {AppError} rate_limited */
  countLogin(request: Request): Promise<void> {
    return consume(this.logins, clientInfoOf(request));
  }

  /** @throws {AppError} rate_limited */
  countSignup(request: Request): Promise<void> {
    return consume(this.signups, clientInfoOf(request));
  }

  /** A new post or a change of one. @throws {AppError} rate_limited */
  countPost(userId: string): Promise<void> {
    return consume(this.posts, userId);
  }
}

/** The limiter asks for its collection once, at a time when there may be no connection yet. */
function lazyCollection(database: DatabaseService, name: string, windowMs: number) {
  return {
    findOneAndUpdate: (filter: Filter<Document>, update: UpdateFilter<Document>, options: FindOneAndUpdateOptions) =>
      // As in login-backoff.ts: the journal is waited for later, with what the attempt leads to.
      database.collection(name).findOneAndUpdate(filter, update, { ...options, ...WRITE_CONCERN_W1 }),
    deleteOne: (filter: Filter<Document>) =>
      database.collection(name).deleteOne({ ...filter, ...isInFuture(windowMs) }),
  };
}

/** Another process may have begun the window anew already: to do it again would give the address its attempts once more. */
function isInFuture(windowMs: number): Filter<Document> {
  return { expire: { $gt: new Date(Date.now() + MAX_CLOCK_SKEW_FACTOR * windowMs) } };
}

/** A proxy may name something that is no IP address; then all its clients count as one. */
function clientInfoOf({ ip = '', socket }: Request): string {
  return networkOf(ip) ?? networkOf(socket.remoteAddress ?? '') ?? 'unknown';
}

async function consume(limiter: RateLimiterMongo, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = refusal.msBeforeNext / 1000;
    if (seconds > MAX_CLOCK_SKEW_FACTOR * limiter.duration) {
      // And from the memory of this process, which may be all that still has it.
      await limiter.delete(key);
      return consume(limiter, key);
    }
    throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil(seconds)) });
  }
}
