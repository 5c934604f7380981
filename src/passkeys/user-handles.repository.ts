import { Injectable } from '@nestjs/common';
import type { Collection, ObjectId } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { DatabaseService } from '../database/database.service.js';
import type { User } from '../users/user.schema.js';

/** WebAuthn takes at most 64 bytes and asks for no personal data in them, not even hashed. */
const HANDLE_BYTES = 32;

/** The random value that names an account to authenticators: one for all its passkeys, made when it is first needed. */
@Injectable()
export class UserHandlesRepository {
  constructor(private readonly database: DatabaseService) {}

  /** @returns base64url */
  async of(userId: ObjectId): Promise<string> {
    const fresh = randomBytes(HANDLE_BYTES).toString('base64url');
    const user = await this.users.findOneAndUpdate(
      { _id: userId },
      [{ $set: { passkeyUserHandle: { $ifNull: ['$passkeyUserHandle', fresh] } } }],
      { projection: { passkeyUserHandle: 1 }, returnDocument: 'after' },
    );
    // An account that is being deleted: what is made of the handle leads nowhere.
    return user?.passkeyUserHandle ?? fresh;
  }

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }
}
