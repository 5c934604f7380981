import { Injectable } from '@nestjs/common';
import { ObjectId, type ClientSession, type Collection } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { hashToken } from '../mail/mail-token.js';

/** A change or removal of a verified address that can still be undone. */
export interface EmailUndo {
  _id: ObjectId;
  tokenHash: string;
  userId: ObjectId;
  /** The address that comes back, as it was stored. */
  email: string;
  /** What was added to the account since then goes. */
  requestedAt: Date;
  changedAt: Date;
  expires: Date;
}

/** The tokens of `/undo-email-change` links. */
@Injectable()
export class EmailUndosRepository {
  constructor(private readonly database: DatabaseService) {}

  private get undos(): Collection<EmailUndo> {
    return this.database.collection<EmailUndo>('email_undos');
  }

  /** @returns the id of the stored record */
  async store(
    token: string,
    undo: Omit<EmailUndo, '_id' | 'tokenHash'>,
    transaction?: ClientSession,
  ): Promise<ObjectId> {
    const stored = { _id: new ObjectId(), tokenHash: hashToken(token), ...undo };
    await this.undos.insertOne(stored, { session: transaction });
    return stored._id;
  }

  /** Puts a new token in the place of one whose key is gone. */
  async renew(_id: ObjectId, token: string, transaction?: ClientSession): Promise<void> {
    await this.undos.updateOne({ _id }, { $set: { tokenHash: hashToken(token) } }, { session: transaction });
  }

  find(token: string): Promise<EmailUndo | null> {
    return this.undos.findOne({ tokenHash: hashToken(token), expires: { $gt: new Date() } });
  }

  /** @returns false where the token was used or voided meanwhile */
  async consume({ _id, tokenHash }: EmailUndo, transaction?: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.undos.deleteOne({ _id, tokenHash }, { session: transaction });
    return deletedCount === 1;
  }

  /** Voids the tokens of the changes that came after this one. @returns the addresses that they would have restored */
  async removeLater({ userId, changedAt }: EmailUndo, transaction?: ClientSession): Promise<string[]> {
    const later = { userId, changedAt: { $gt: changedAt } };
    const emails = await this.undos.distinct('email', later, { session: transaction });
    await this.undos.deleteMany(later, { session: transaction });
    return emails;
  }

  async removeOf(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.undos.deleteMany({ userId }, { session: transaction });
  }
}
