import { Injectable } from '@nestjs/common';
import type { ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { PUBLIC_PROJECTION } from '../users/user.schema.js';
import type { UserWithHash } from '../users/users.service.js';

/** A verified email address: of one account only. */
export interface VerifiedAddress {
  /** Normal form. */
  _id: string;
  userId: ObjectId;
  /**
   * Present once the account has given the address up: nobody else can verify it until then, so that the change can be
   * undone. A time in the past counts as free; the TTL index removes the document later.
   */
  until?: Date;
}

/** The verified email addresses of all accounts. `_id` decides between accounts that verify one address at once. */
@Injectable()
export class AddressesRepository {
  constructor(private readonly database: DatabaseService) {}

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
}

const { passwordHash: _, ...WITHOUT_OTHERS } = PUBLIC_PROJECTION;

const JOIN_USER = {
  $lookup: {
    from: 'users',
    localField: 'userId',
    foreignField: '_id',
    pipeline: [{ $project: WITHOUT_OTHERS }],
    as: 'user',
  },
};
