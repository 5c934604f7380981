import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, ObjectId } from 'mongodb';
import mongoose, { type Model } from 'mongoose';
import { isDuplicateKey } from '../database/mongo-errors.js';
import { AppError } from '../errors/app.error.js';
import { credentialVersionOf, User, type UserRecord } from './user.schema.js';
import { canonicalUsername } from './username.js';

export type UserWithHash = UserRecord & Pick<User, 'passwordHash' | 'passwordResetRequired'>;

/** An account that is about to be stored. */
export type NewUser = Pick<User, '_id' | 'username' | 'passwordHash' | 'email'>;

const WITH_HASH = '+passwordHash +passwordResetRequired';

@Injectable()
export class UsersService {
  constructor(@InjectModel(User.name) private readonly users: Model<User>) {}

  newUser(account: Pick<User, 'username' | 'passwordHash' | 'email'>): NewUser {
    return { _id: new mongoose.Types.ObjectId(), ...account };
  }

  /** @throws {AppError} username_taken */
  async create(account: NewUser, transaction?: ClientSession): Promise<User> {
    try {
      const [user] = await this.users.create([account], { session: transaction });
      return user!;
    } catch (error) {
      if (isDuplicateKey(error)) throw new AppError('username_taken', { cause: error });
      throw error;
    }
  }

  /** @param username in any spelling */
  findByUsername(username: string): Promise<UserRecord | null> {
    return this.users
      .findOne({ username: canonicalUsername(username) })
      .lean<UserRecord>()
      .exec();
  }

  findById(userId: ObjectId): Promise<UserRecord | null> {
    return this.users.findById(userId).lean<UserRecord>().exec();
  }

  /** @param username canonical */
  findWithHash(username: string): Promise<UserWithHash | null> {
    return this.users.findOne({ username }).select(WITH_HASH).lean<UserWithHash>().exec();
  }

  findByIdWithHash(userId: ObjectId): Promise<UserWithHash | null> {
    return this.users.findById(userId).select(WITH_HASH).lean<UserWithHash>().exec();
  }

  /** Stores an upgraded hash, unless the password was changed meanwhile. */
  async replaceHash(userId: ObjectId, oldHash: string, newHash: string): Promise<void> {
    await this.users.updateOne({ _id: userId, passwordHash: oldHash }, { passwordHash: newHash });
  }

  /** Does nothing if the password was changed since `user` was read. @returns whether it was stored */
  async changePassword(user: UserRecord, passwordHash: string, transaction?: ClientSession): Promise<boolean> {
    const unchanged = { _id: user._id, credentialVersion: sameVersion(user) };
    const set = { passwordHash, credentialChange: 'password_changed' };
    const change = { $set: set, $inc: { credentialVersion: 1 }, $unset: { passwordResetRequired: 1 } };
    const { modifiedCount } = await this.users.updateOne(unchanged, change, { session: transaction });
    return modifiedCount === 1;
  }

  /** Like `changePassword`; also voids a pending change of the email address. */
  async resetPassword(user: UserRecord, passwordHash: string, transaction?: ClientSession): Promise<boolean> {
    const unchanged = { _id: user._id, credentialVersion: sameVersion(user) };
    const voided = { passwordResetRequired: 1, pendingEmail: 1, pendingEmailSince: 1 } as const;
    const reset = { passwordHash, credentialChange: 'password_reset' };
    const change = { $set: reset, $inc: { credentialVersion: 1, lock: 1 }, $unset: voided };
    const { modifiedCount } = await this.users.updateOne(unchanged, change, { session: transaction });
    return modifiedCount === 1;
  }

  async exists(userId: ObjectId): Promise<boolean> {
    return (await this.users.exists({ _id: userId })) !== null;
  }

  async setDisabled(userId: ObjectId, disabled: boolean, transaction?: ClientSession): Promise<void> {
    const change = disabled ? { $set: { disabledAt: new Date() } } : { $unset: { disabledAt: 1 } };
    await this.users.updateOne({ _id: userId }, change, { session: transaction });
  }

  /** @returns whether the account still existed */
  async remove(userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.users.deleteOne({ _id: userId }, { session: transaction });
    return deletedCount === 1;
  }

  /** Makes transactions about one account wait for each other: of two that write one document, one starts again. */
  async lock(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, { $inc: { lock: 1 } }, { session: transaction });
  }
}

/** Documents of older versions have no credential version. */
function sameVersion(user: UserRecord) {
  const version = credentialVersionOf(user);
  return version === 0 ? mongoose.trusted({ $in: [0, null] }) : version;
}
