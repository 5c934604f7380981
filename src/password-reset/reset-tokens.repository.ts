import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { hashToken } from '../mail/mail-token.js';

export interface ResetToken {
  /** The id of the job that mails it, so that a retry makes no second token. */
  _id: ObjectId;
  tokenHash: string;
  userId: ObjectId;
  /** The account's credential version when the token was made: a password change voids it. */
  credentialVersion: number;
  /** The account has no password: a recovery code or passkey is needed as well, since a mailbox alone must not set one. */
  needsSavedFactor?: boolean;
  expires: Date;
  /** When it was used or voided. The record stays until it expires, so that a retry of its mail does not renew it. */
  spentAt?: Date;
}

/** Tokens that reset a password. All unexpired tokens of an account are valid until one of them is used. */
@Injectable()
export class ResetTokensRepository {
  constructor(private readonly database: DatabaseService) {}

  private get tokens(): Collection<ResetToken> {
    return this.database.collection<ResetToken>('password_resets');
  }

  /** Stores the token unless it is stored already. @returns false if the stored one is used or void */
  async store(token: string, { _id, ...rest }: Omit<ResetToken, 'tokenHash' | 'spentAt'>): Promise<boolean> {
    const stored = await this.tokens.findOneAndUpdate(
      { _id },
      { $setOnInsert: { ...rest, tokenHash: hashToken(token) } },
      { upsert: true, returnDocument: 'after' },
    );
    return stored!.spentAt === undefined;
  }

  /** Replaces a token whose key was removed from the settings. */
  async renew(_id: ObjectId, token: string, transaction?: ClientSession): Promise<void> {
    await this.tokens.updateOne({ _id }, { $set: { tokenHash: hashToken(token) } }, { session: transaction });
  }

  find(token: string): Promise<ResetToken | null> {
    return this.tokens.findOne({ tokenHash: hashToken(token), ...valid() });
  }

  /** @returns false if the token was used, voided or expired meanwhile */
  async spend({ _id, tokenHash }: ResetToken, transaction?: ClientSession): Promise<boolean> {
    const spent = { $set: { spentAt: new Date() } };
    const { modifiedCount } = await this.tokens.updateOne({ _id, tokenHash, ...valid() }, spent, {
      session: transaction,
    });
    return modifiedCount === 1;
  }

  async voidAllOf(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    const spent = { $set: { spentAt: new Date() } };
    await this.tokens.updateMany({ userId, spentAt: { $exists: false } }, spent, { session: transaction });
  }

  async removeOf(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.tokens.deleteMany({ userId }, { session: transaction });
  }
}

const valid = () => ({ spentAt: { $exists: false }, expires: { $gt: new Date() } });
