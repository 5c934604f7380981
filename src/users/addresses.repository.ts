import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { PUBLIC_PROJECTION } from './user.schema.js';
import type { UserWithHash } from './users.service.js';

/** A verified email address: of one account only. */
export interface VerifiedAddress {
  /** Normal form. */
  _id: string;
  userId: ObjectId;
  /**
   * Present once the account has given the address up. Until then no other account can verify it, so that the change
   * can be undone. A time in the past counts as free; the TTL index removes the document later.
   */
  until?: Date;
}

/** The verified email addresses of all accounts. `_id` decides between accounts that verify one address at once. */
@Injectable()
export class AddressesRepository {
  constructor(private readonly database: DatabaseService) {}

  private get addresses(): Collection<VerifiedAddress> {
    return this.database.collection<VerifiedAddress>('addresses');
  }

  /**
   * The account that has verified this address and still uses it. One command, whether there is one or not.
   * @param normal normal form
   */
  async findUserWithHash(normal: string): Promise<UserWithHash | null> {
    const [found] = await this.database
      .collectionForReads<VerifiedAddress>('addresses')
      .aggregate<{ user: UserWithHash[] }>([{ $match: { _id: normal, until: { $exists: false } } }, JOIN_USER])
      .toArray();
    return found?.user[0] ?? null;
  }

  /** Makes the address the account's own, whether it was free or reserved for it. @returns false where another has it */
  async claim(normal: string, userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const options = { session: transaction };
    const found = await this.addresses.findOne({ _id: normal }, options);
    const isFree = !found || found.userId.equals(userId) || (found.until && found.until.getTime() <= Date.now());
    if (!isFree) return false;
    await this.addresses.replaceOne({ _id: normal }, { userId }, { ...options, upsert: true });
    return true;
  }

  /** Keeps an address that the account no longer uses from being verified by another account. */
  async reserve(normal: string, userId: ObjectId, until: Date, transaction?: ClientSession): Promise<void> {
    await this.addresses.updateOne({ _id: normal, userId }, { $set: { until } }, { session: transaction });
  }

  /** @param normals those that are free from now on; every address of the account if absent */
  async release(userId: ObjectId, normals?: string[], transaction?: ClientSession): Promise<void> {
    const which = normals && { _id: { $in: normals } };
    await this.addresses.deleteMany({ userId, ...which }, { session: transaction });
  }
}

const { passwordHash: _, passwordResetRequired: __, ...WITHOUT_OTHERS } = PUBLIC_PROJECTION;

const JOIN_USER = {
  $lookup: {
    from: 'users',
    localField: 'userId',
    foreignField: '_id',
    pipeline: [{ $project: WITHOUT_OTHERS }],
    as: 'user',
  },
};
