import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { AttemptCountsRepository, type AttemptCount } from './attempt-counts.repository.js';
import { KeyedSemaphore } from './keyed-semaphore.js';

/**
 * Slows down guesses of one secret: a password, or the codes of an account. An attempt is counted before it is verified
 * and refunded if it is right, so concurrent guesses on any number of processes get no more attempts than sequential ones.
 * A count does not wait for the journal. The response waits for the later write of the session or audit event, and the count
 * is durable by then. rate-limiter-flexible is unsuitable: it also counts rejected attempts and blocks for a fixed time.
 * @see docs/adr/0015-device-cookie-and-backoff.md
 */
@Injectable()
export class CountedBackoffService {
  private readonly semaphore: KeyedSemaphore;

  constructor(
    private readonly counts: AttemptCountsRepository,
    @Inject(APP_CONFIG) { hashMaxWaitMs }: AppConfig,
  ) {
    // Half of the attempts that are allowed at once: the other half is for a second process.
    this.semaphore = new KeyedSemaphore(Math.max(1, Math.floor(counts.freeFailures / 2)), hashMaxWaitMs);
  }

  /**
   * @param key attempts with the same key are counted together
   * @param verify whether the attempt is right
   * @returns the result of `verify`
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

  /** Forgets the failures of these keys, and with them any wait. */
  clear(keys: string[], transaction?: ClientSession): Promise<void> {
    return this.counts.clear(keys, transaction);
  }

  private async attempt(key: string, verify: () => Promise<boolean>): Promise<boolean> {
    const attempt = await this.counts.count(key);
    if (!attempt.judged) throw rateLimitedUntil(attempt);
    let wrong = false;
    try {
      const right = await verify();
      wrong = !right;
      return right;
    } finally {
      // Also refunds if `verify` throws an error: the attempt was neither right nor wrong.
      if (!wrong) await this.counts.refund(attempt);
    }
  }
}

function rateLimitedUntil({ at, nextAt, expires }: AttemptCount): AppError {
  const waitMs = Math.min(nextAt.getTime(), expires.getTime()) - at.getTime();
  return new AppError('rate_limited', {
    retryAfterSeconds: Math.ceil(waitMs / 1000),
    event: 'authn_login_fail_max',
  });
}
