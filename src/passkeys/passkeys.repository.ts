import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, Filter, ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { isDuplicateKey } from '../database/mongo-errors.js';
import type { Passkey, VerifiedAssertion } from './passkeys.types.js';

/** Reads and writes the `passkeys` collection. */
@Injectable()
export class PasskeysRepository {
  constructor(private readonly database: DatabaseService) {}

  find(credentialId: string): Promise<Passkey | null> {
    return this.passkeys.findOne({ _id: credentialId });
  }

  /** Oldest first. */
  listOf(userId: ObjectId): Promise<Passkey[]> {
    return this.passkeys.find({ userId }).sort({ createdAt: 1, _id: 1 }).toArray();
  }

  /** @returns false when the credential is registered already, to this account or to another */
  async insert(passkey: Passkey, transaction?: ClientSession): Promise<boolean> {
    try {
      await this.passkeys.insertOne(passkey, { session: transaction });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /**
   * Records a use. The counter of a device-bound authenticator must rise.
   * @returns false when the passkey is gone or its counter has changed meanwhile
   */
  async recordUse({ _id, userId }: Passkey, use: VerifiedAssertion, transaction?: ClientSession): Promise<boolean> {
    const { counter, backupEligible, backedUp } = use;
    const countsOn = { counter: counter === 0 ? 0 : { $lt: counter } };
    const filter: Filter<Passkey> = { _id, userId, ...(backupEligible ? {} : countsOn) };
    const change = { $set: { counter, backedUp, lastUsedAt: new Date() } };
    const { matchedCount } = await this.passkeys.updateOne(filter, change, { session: transaction });
    return matchedCount === 1;
  }

  rename(userId: ObjectId, publicId: string, name: string): Promise<Passkey | null> {
    return this.passkeys.findOneAndUpdate({ userId, publicId }, { $set: { name } }, { returnDocument: 'after' });
  }

  findOwn(userId: ObjectId, publicId: string, transaction?: ClientSession): Promise<Passkey | null> {
    return this.passkeys.findOne({ userId, publicId }, { session: transaction });
  }

  async remove({ _id, userId }: Passkey, transaction?: ClientSession): Promise<void> {
    await this.passkeys.deleteOne({ _id, userId }, { session: transaction });
  }

  countOf(userId: ObjectId, transaction?: ClientSession): Promise<number> {
    return this.passkeys.countDocuments({ userId }, { session: transaction });
  }

  /** @param since removes passkeys that were added at this time or later; without it, all */
  async removeAllOf(userId: ObjectId, since?: Date, transaction?: ClientSession): Promise<void> {
    await this.passkeys.deleteMany({ userId, ...(since && { createdAt: { $gte: since } }) }, { session: transaction });
  }

  private get passkeys(): Collection<Passkey> {
    return this.database.collection<Passkey>('passkeys');
  }
}
