import { Inject, Injectable } from '@nestjs/common';
import type { ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { MongoRateLimiter } from './mongo-rate-limiter.js';

/**
 * The limit per email address is this many times the limit per account: several accounts can request codes for one email
 * address, and its owner cannot prevent it.
 */
const PER_ADDRESS = 10;

/**
 * Limits the mails to one recipient: MAIL_RATE_PER_RECIPIENT for each purpose. Mails beyond the limit are dropped without an
 * error, which would reveal whether an account exists. Does not apply to notices.
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

  /** Counts a mail with a reset link. @returns whether it may be sent */
  async takeReset(userId: ObjectId): Promise<boolean> {
    return (await this.resets.consume(userId.toHexString())) === 0;
  }

  /**
   * Counts a mail with a code, for the account and for the email address.
   * @param email in its normal form
   * @returns whether it may be sent
   */
  async takeCode(userId: ObjectId, email: string): Promise<boolean> {
    if ((await this.codes.consume(userId.toHexString())) > 0) return false;
    return (await this.addressCodes.consume(email)) === 0;
  }
}
