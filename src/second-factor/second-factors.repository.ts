import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, FindCursor, ObjectId, UpdateFilter } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import type { Encrypted } from '../keys/data-keys.service.js';
import type { PendingTotp, TotpSecret, User } from '../users/user.schema.js';
import type { WrongCodeCounter } from './wrong-codes.repository.js';

/** The stored second factors of an account. */
export type StoredFactors = Pick<
  User,
  '_id' | 'credentialVersion' | 'totp' | 'totpSecret' | 'pendingTotp' | 'recoveryCodes' | 'wrongCodes' | 'passkeyCount'
>;

/** Reads and writes the fields of second factors in the `users` collection. */
@Injectable()
export class SecondFactorsRepository {
  constructor(private readonly database: DatabaseService) {}

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }

  find(userId: ObjectId, transaction?: ClientSession): Promise<StoredFactors | null> {
    return this.users.findOne<StoredFactors>({ _id: userId }, { projection: FIELDS, session: transaction });
  }

  /** Accounts with TOTP on. */
  withTotp(): FindCursor<Pick<User, '_id' | 'totpSecret'>> {
    return this.users.find({ totpSecret: { $exists: true } }, { projection: { totpSecret: 1 } });
  }

  setPending(userId: ObjectId, pendingTotp: PendingTotp): Promise<unknown> {
    return this.users.updateOne({ _id: userId }, { $set: { pendingTotp } });
  }

  /**
   * Turns the pending secret on in place of the current one, and raises `credentialVersion`.
   * @param stored as it was read: a concurrent request may have replaced its pending secret
   * @returns false when the pending secret is gone
   */
  async enableTotp(
    { _id, credentialVersion, pendingTotp }: StoredFactors,
    secret: TotpSecret,
    hashes: string[] | undefined,
    transaction?: ClientSession,
  ): Promise<boolean> {
    const now = new Date();
    const { modifiedCount } = await this.users.updateOne(
      {
        _id,
        'pendingTotp.data': pendingTotp!.data,
        credentialVersion: credentialVersion ?? { $in: [0, null as never] },
      },
      {
        $set: {
          totp: { enabledAt: now },
          totpSecret: secret,
          credentialChange: 'second_factor_changed',
          ...(hashes && { recoveryCodes: { createdAt: now, hashes } }),
        },
        $unset: { pendingTotp: 1, wrongCodes: 1 },
        $inc: { credentialVersion: 1 },
      },
      { session: transaction },
    );
    return modifiedCount === 1;
  }

  /** @param keepRecoveryCodes for an account with a passkey, which recovery codes can replace */
  async disableTotp(userId: ObjectId, keepRecoveryCodes: boolean, transaction?: ClientSession): Promise<void> {
    const gone = { totp: 1, totpSecret: 1, pendingTotp: 1, wrongCodes: 1 } as const;
    const $unset = keepRecoveryCodes ? gone : ({ ...gone, recoveryCodes: 1 } as const);
    await this.users.updateOne({ _id: userId }, { $unset }, { session: transaction });
  }

  /** Removes TOTP and recovery codes, and raises `credentialVersion`. */
  async reset(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    const change: UpdateFilter<User> = {
      $unset: { totp: 1, totpSecret: 1, pendingTotp: 1, wrongCodes: 1, recoveryCodes: 1 },
      $set: { credentialChange: 'second_factor_changed' },
      $inc: { credentialVersion: 1 },
    };
    await this.users.updateOne({ _id: userId }, change, { session: transaction });
  }

  /**
   * Accepts a code's step once, over all processes, and resets the counter of wrong codes.
   * @returns false when this step or a later one was accepted before
   */
  async acceptStep(
    userId: ObjectId,
    step: number,
    counter: WrongCodeCounter,
    transaction?: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.users.updateOne(
      { _id: userId, 'totpSecret.lastStep': { $lt: step } },
      { $set: { 'totpSecret.lastStep': step }, $unset: { [counter]: 1 } },
      { session: transaction },
    );
    return modifiedCount === 1;
  }

  /** Replaces a secret by the same one under another key. @returns false when the secret has changed meanwhile */
  async reencrypt(
    userId: ObjectId,
    old: Encrypted,
    { keyId, data }: Encrypted,
    transaction?: ClientSession,
  ): Promise<boolean> {
    const { modifiedCount } = await this.users.updateOne(
      { _id: userId, 'totpSecret.data': old.data },
      { $set: { 'totpSecret.keyId': keyId, 'totpSecret.data': data } },
      { session: transaction },
    );
    return modifiedCount === 1;
  }

  async setRecoveryCodes(userId: ObjectId, hashes: string[], transaction?: ClientSession): Promise<void> {
    const recoveryCodes = { createdAt: new Date(), hashes };
    await this.users.updateOne({ _id: userId }, { $set: { recoveryCodes } }, { session: transaction });
  }

  /** Uses up a recovery code. @returns how many are left; undefined when the code is unknown */
  async takeRecoveryCode(userId: ObjectId, hash: string, transaction?: ClientSession): Promise<number | undefined> {
    const left = await this.users.findOneAndUpdate(
      { _id: userId, 'recoveryCodes.hashes': hash },
      { $pull: { 'recoveryCodes.hashes': hash } as never },
      { returnDocument: 'after', projection: { 'recoveryCodes.hashes': 1 }, session: transaction },
    );
    return left?.recoveryCodes!.hashes.length;
  }
}

const FIELDS = {
  credentialVersion: 1,
  totp: 1,
  totpSecret: 1,
  pendingTotp: 1,
  recoveryCodes: 1,
  wrongCodes: 1,
  passkeyCount: 1,
} as const;
