import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { PUBLIC_PROJECTION } from './user.schema.js';
import type { UserWithHash } from './users.service.js';

/** A verified email address, which belongs to one account. */
export interface VerifiedAddress {
  /** Normal form. */
  _id: string;
  userId: ObjectId;
  /**
   * Set when the account stops using the address. Until this time no other account can verify it, so that the change can be
   * undone. After it, the address is free; the TTL index removes the document later.
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
   * The account that has verified this address and still uses it. Always one command, so that its time reveals nothing.
   * @param normal the normal form of the address
   */
  async findUserWithHash(normal: string): Promise<UserWithHash | null> {
    const [found] = await this.database
      .collectionForReads<VerifiedAddress>('addresses')
      .aggregate<{ user: UserWithHash[] }>([{ $match: { _id: normal, until: { $exists: false } } }, JOIN_USER])
      .toArray();
    return found?.user[0] ?? null;
  }

  /** Assigns a free address, or one that is reserved for the account. @returns false if another account has it */
  async claim(normal: string, userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const options = { session: transaction };
    const found = await this.addresses.findOne({ _id: normal }, options);
    const isFree = !found || found.userId.equals(userId) || (found.until && found.until.getTime() <= Date.now());
    if (!isFree) return false;
    await this.addresses.replaceOne({ _id: normal }, { userId }, { ...options, upsert: true });
    return true;
  }

  /** Reserves an address that the account no longer uses: other accounts cannot verify it. */
  async reserve(normal: string, userId: ObjectId, until: Date, transaction?: ClientSession): Promise<void> {
    await this.addresses.updateOne({ _id: normal, userId }, { $set: { until } }, { session: transaction });
  }

  /** @param normals the addresses to free; all addresses of the account if absent */
  async release(userId: ObjectId, normals?: string[], transaction?: ClientSession): Promise<void> {
    const which = normals && { _id: { $in: normals } };
    await this.addresses.deleteMany({ userId, ...which }, { session: transaction });
  }
}

/** Excludes the fields that UserWithHash does not have. */
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
