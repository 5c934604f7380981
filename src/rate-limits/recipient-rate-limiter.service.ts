import { Inject, Injectable } from '@nestjs/common';
import type { ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { MongoRateLimiter } from './mongo-rate-limiter.js';

/** Codes that several accounts ask for may reach one address, which its owner cannot keep from happening. */
const PER_ADDRESS = 10;

/**
 * How much mail one recipient gets: MAIL_RATE_PER_RECIPIENT, in a bucket for each purpose. What is beyond the limit is
 * dropped in silence, since an error would tell whether an account exists. Never asked for notices.
 */
@Injectable()
export class RecipientRateLimiterService {
  private readonly resets: MongoRateLimiter;
  private readonly codes: MongoRateLimiter;
  private readonly addressCodes: MongoRateLimiter;

  constructor(database: DatabaseService, @Inject(APP_CONFIG) { limits: { mailPerRecipient: rate } }: AppConfig) {
    this.resets = new MongoRateLimiter(database, 'mail_reset', rate);
    this.codes = new MongoRateLimiter(database, 'mail_code', rate);
    const perAddress = { ...rate, points: rate.points * PER_ADDRESS };
    this.addressCodes = new MongoRateLimiter(database, 'mail_code_address', perAddress);
  }

  /** Counts a link to reset the password. @returns whether it may be mailed */
  async takeReset(userId: ObjectId): Promise<boolean> {
    return (await this.resets.consume(userId.toHexString())) === 0;
  }

  /**
   * Counts a code, for the account and for the address.
   * @param email normal form
   * @returns whether it may be mailed
   */
  async takeCode(userId: ObjectId, email: string): Promise<boolean> {
    if ((await this.codes.consume(userId.toHexString())) > 0) return false;
    return (await this.addressCodes.consume(email)) === 0;
  }
}
