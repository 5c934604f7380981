import { Injectable } from '@nestjs/common';
import type { Collection, ObjectId } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { DatabaseService } from '../database/database.service.js';
import type { User } from '../users/user.schema.js';

/** WebAuthn allows 64 bytes and forbids personal data in them, even hashed. */
const HANDLE_BYTES = 32;

/** The random user handle of an account, shared by all its passkeys and created at its first use. */
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
    // The account is being deleted, so the handle is never used.
    return user?.passkeyUserHandle ?? fresh;
  }

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }
}
