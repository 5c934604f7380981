import { Injectable } from '@nestjs/common';
import { ObjectId, type ClientSession, type Collection } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { hashToken } from '../mail/mail-token.js';

/** A change or removal of a verified address that can still be undone. */
export interface EmailUndo {
  _id: ObjectId;
  tokenHash: string;
  userId: ObjectId;
  /** The email address to restore, as it was stored. */
  email: string;
  /** When the change was requested. The undo removes passkeys and providers that were added since. */
  requestedAt: Date;
  changedAt: Date;
  expires: Date;
}

/** The tokens of links to `/undo-email-change`. */
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

  /** Replaces a token whose key was removed from the settings. */
  async renew(_id: ObjectId, token: string, transaction?: ClientSession): Promise<void> {
    await this.undos.updateOne({ _id }, { $set: { tokenHash: hashToken(token) } }, { session: transaction });
  }

  find(token: string): Promise<EmailUndo | null> {
    return this.undos.findOne({ tokenHash: hashToken(token), expires: { $gt: new Date() } });
  }

  /** @returns false if the token was used or voided meanwhile */
  async consume({ _id, tokenHash }: EmailUndo, transaction?: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.undos.deleteOne({ _id, tokenHash }, { session: transaction });
    return deletedCount === 1;
  }

  /** Voids the tokens of later changes. @returns the email addresses that they would have restored */
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
