import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { hashToken } from '../mail/mail-token.js';

export interface ResetToken {
  /** Of the job that mails it, so that a second attempt makes no second token. */
  _id: ObjectId;
  tokenHash: string;
  userId: ObjectId;
  /** The account's when the token was made: a change of the password voids it. */
  credentialVersion: number;
  /** An account without a password, which a mailed link alone must not give one: a saved factor is needed as well. */
  needsSavedFactor?: boolean;
  expires: Date;
  /** When it was used or voided. The record stays until it expires: a second attempt of its mail must not renew it. */
  spentAt?: Date;
}

/** Tokens that reset a password. Every unexpired one is valid until one of them is used. */
@Injectable()
export class ResetTokensRepository {
  constructor(private readonly database: DatabaseService) {}

  private get tokens(): Collection<ResetToken> {
    return this.database.collection<ResetToken>('password_resets');
  }

  /** Unless it is stored already. @returns false where it was stored and is spent */
  async store(token: string, { _id, ...rest }: Omit<ResetToken, 'tokenHash' | 'spentAt'>): Promise<boolean> {
    const stored = await this.tokens.findOneAndUpdate(
      { _id },
      { $setOnInsert: { ...rest, tokenHash: hashToken(token) } },
      { upsert: true, returnDocument: 'after' },
    );
    return stored!.spentAt === undefined;
  }

  /** Puts a new token in the place of one whose key is gone. */
  async renew(_id: ObjectId, token: string, transaction?: ClientSession): Promise<void> {
    await this.tokens.updateOne({ _id }, { $set: { tokenHash: hashToken(token) } }, { session: transaction });
  }

  find(token: string): Promise<ResetToken | null> {
    return this.tokens.findOne({ tokenHash: hashToken(token), ...valid() });
  }

  /** @returns false where the token was used, voided or expired meanwhile */
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
