import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, Filter } from 'mongodb';
import { ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { isDuplicateKey } from '../database/mongo-errors.js';
import { AppError } from '../errors/app.error.js';
import {
  NEW_ACCOUNT,
  PUBLIC_PROJECTION,
  type LinkedIdentity,
  type User,
  type UserRecord,
} from '../users/user.schema.js';
import { suggestUsernames } from '../users/username.js';

export type IdentityKey = Pick<LinkedIdentity, 'provider' | 'subject'>;

export interface SignInMethods {
  hasPassword: boolean;
  identities: LinkedIdentity[];
}

/**
 * Finds accounts by their linked identities. An email address never identifies an account: an attacker who controls the
 * address, or a provider that does not verify addresses, would take over the account.
 */
@Injectable()
export class LinkedIdentitiesRepository {
  constructor(private readonly database: DatabaseService) {}

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }

  find(key: IdentityKey): Promise<UserRecord | null> {
    return this.users.findOne(having(key), { projection: PUBLIC_PROJECTION });
  }

  /**
   * Creates an account without a password. Unique indexes decide between concurrent requests with one username or identity.
   * @param names suggestions for the username, best first
   * @returns the account; `created` is false if a concurrent request with this identity has created it
   */
  async create(key: IdentityKey, names: string[], email?: string): Promise<{ user: UserRecord; created: boolean }> {
    for (const username of suggestUsernames(names)) {
      const user = newUser(username, key, email);
      try {
        await this.users.insertOne(user);
        return { user, created: true };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const existing = await this.find(key);
        if (existing) return { user: existing, created: false };
      }
    }
    throw new AppError('username_taken');
  }

  /** @returns false if another account has the identity, or the account has another identity at this provider */
  async add(userId: ObjectId, key: IdentityKey, transaction?: ClientSession): Promise<boolean> {
    const without: Filter<User> = { _id: userId, 'identities.provider': { $ne: key.provider } };
    const change = { $push: { identities: { ...key, linkedAt: new Date() } } };
    try {
      const { matchedCount } = await this.users.updateOne(without, change, { session: transaction });
      return matchedCount === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async signInMethods(userId: ObjectId): Promise<SignInMethods> {
    const user = await this.users.findOne({ _id: userId }, { projection: { passwordHash: 1, identities: 1 } });
    return { hasPassword: user?.passwordHash !== undefined, identities: user?.identities ?? [] };
  }
}

const having = ({ provider, subject }: IdentityKey): Filter<User> => ({
  identities: { $elemMatch: { provider, subject } },
});

function newUser(username: string, key: IdentityKey, email?: string): User {
  const now = new Date();
  const account = { ...NEW_ACCOUNT, username, createdAt: now, updatedAt: now, identities: [{ ...key, linkedAt: now }] };
  return { _id: new ObjectId(), ...account, ...(email && { email }) };
}
