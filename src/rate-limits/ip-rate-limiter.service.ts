import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { networkOf } from '../net/ip-address.js';
import { MongoRateLimiter } from './mongo-rate-limiter.js';

/** Limits how often one IP address or one user may do something, in fixed windows. */
@Injectable()
export class IpRateLimiterService {
  private readonly logins: MongoRateLimiter;
  private readonly signups: MongoRateLimiter;
  private readonly mails: MongoRateLimiter;
  private readonly posts: MongoRateLimiter;

  constructor(database: DatabaseService, @Inject(APP_CONFIG) { limits }: AppConfig) {
    this.logins = new MongoRateLimiter(database, 'login', limits.loginPerIp);
    this.signups = new MongoRateLimiter(database, 'signup', limits.signupPerIp);
    this.mails = new MongoRateLimiter(database, 'mail', limits.mailPerIp);
    this.posts = new MongoRateLimiter(database, 'post', limits.postPerUser);
  }

  /** Counts a sign-in, or another request in which a client proves a secret. @throws {AppError} rate_limited */
  countAttempt(request: Request): Promise<void> {
    return consume(this.logins, clientNetwork(request));
  }

  /** @throws {AppError} rate_limited */
  countSignup(request: Request): Promise<void> {
    return consume(this.signups, clientNetwork(request));
  }

  /** Counts a request that sends a mail. @throws {AppError} rate_limited */
  countMail(request: Request): Promise<void> {
    return consume(this.mails, clientNetwork(request));
  }

  /** Counts a new or changed post. @throws {AppError} rate_limited */
  countPost(userId: string): Promise<void> {
    return consume(this.posts, userId);
  }
}

/** The network of the client. If the proxy sends no valid IP address, all its clients count as one. */
function clientNetwork({ ip = '', socket }: Request): string {
  return networkOf(ip) ?? networkOf(socket.remoteAddress ?? '') ?? 'unknown';
}

async function consume(limiter: MongoRateLimiter, key: string): Promise<void> {
  const retryAfterSeconds = await limiter.consume(key);
  if (retryAfterSeconds > 0) throw new AppError('rate_limited', { retryAfterSeconds });
}
