import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { networkOf } from '../net/ip-address.js';
import { MongoRateLimiter } from './mongo-rate-limiter.js';

/** How often one IP address may try. */
@Injectable()
export class IpRateLimiterService {
  private readonly logins: MongoRateLimiter;
  private readonly signups: MongoRateLimiter;
  private readonly mails: MongoRateLimiter;

  constructor(database: DatabaseService, @Inject(APP_CONFIG) { limits }: AppConfig) {
    this.logins = new MongoRateLimiter(database, 'login', limits.loginPerIp);
    this.signups = new MongoRateLimiter(database, 'signup', limits.signupPerIp);
    this.mails = new MongoRateLimiter(database, 'mail', limits.mailPerIp);
  }

  /** Also for other public routes that judge a secret. @throws {AppError} rate_limited */
  countLogin(request: Request): Promise<void> {
    return consume(this.logins, request);
  }

  /** @throws {AppError} rate_limited */
  countSignup(request: Request): Promise<void> {
    return consume(this.signups, request);
  }

  /** For requests that send a mail. @throws {AppError} rate_limited */
  countMail(request: Request): Promise<void> {
    return consume(this.mails, request);
  }
}

async function consume(limiter: MongoRateLimiter, { ip = '', socket }: Request): Promise<void> {
  // A proxy may tell what is no address; then all that comes through it counts as one client.
  const client = networkOf(ip) ?? networkOf(socket.remoteAddress ?? '') ?? 'unknown';
  const retryAfterSeconds = await limiter.consume(client);
  if (retryAfterSeconds > 0) throw new AppError('rate_limited', { retryAfterSeconds });
}
