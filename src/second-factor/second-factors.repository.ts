import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, FindCursor, ObjectId, UpdateFilter } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import type { Encrypted } from '../keys/data-keys.service.js';
import type { PendingTotp, TotpSecret, User } from '../users/user.schema.js';

/** What is stored of an account's second factors. */
export type StoredFactors = Pick<
  User,
  | '_id'
  | 'credentialVersion'
  | 'totp'
  | 'totpSecret'
  | 'pendingTotp'
  | 'recoveryCodes'
  | 'wrongCodes'
  | 'passkeyCount'
  | 'passwordHash'
>;

/** Whose wrong codes are counted together: the field of the user document. */
export type WrongCodeCounter = 'wrongCodes.others' | `wrongCodes.devices.${string}`;

/** Every read and write of the fields of second factors in the `users` collection. */
@Injectable()
export class SecondFactorsRepository {
  constructor(private readonly database: DatabaseService) {}

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }

  find(userId: ObjectId, transaction?: ClientSession): Promise<StoredFactors | null> {
    return this.users.findOne<StoredFactors>({ _id: userId }, { projection: FIELDS, session: transaction });
  }

  /** Every account that has TOTP on, with its secret. */
  withTotp(): FindCursor<Pick<User, '_id' | 'totpSecret'>> {
    return this.users.find({ totpSecret: { $exists: true } }, { projection: { totpSecret: 1 } });
  }

  setPending(userId: ObjectId, pendingTotp: PendingTotp): Promise<unknown> {
    return this.users.updateOne({ _id: userId }, { $set: { pendingTotp } });
  }

  /**
   * Turns the pending secret on, in place of the one before, and voids what was signed in until now.
   * @param pending as it was read: another one may have replaced it
   * @returns false when there is nothing to turn on any more
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

  /** @param keepRecoveryCodes where a passkey remains that they can stand in for */
  async disableTotp(userId: ObjectId, keepRecoveryCodes: boolean, transaction?: ClientSession): Promise<void> {
    const gone = { totp: 1, totpSecret: 1, pendingTotp: 1, wrongCodes: 1 } as const;
    const $unset = keepRecoveryCodes ? gone : ({ ...gone, recoveryCodes: 1 } as const);
    await this.users.updateOne({ _id: userId }, { $unset }, { session: transaction });
  }

  /** Removes TOTP and recovery codes, and voids what was signed in until now. */
  async reset(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    const change: UpdateFilter<User> = {
      $unset: { totp: 1, totpSecret: 1, pendingTotp: 1, wrongCodes: 1, recoveryCodes: 1 },
      $set: { credentialChange: 'second_factor_changed' },
      $inc: { credentialVersion: 1 },
    };
    await this.users.updateOne({ _id: userId }, change, { session: transaction });
  }

  /**
   * Accepts a code's step once, over all processes, and ends this counter's row of wrong codes.
   * @returns false when that step or a later one was accepted already
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

  /** Puts a secret under another key in place, unless it was changed meanwhile. @returns whether it was put in place */
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

  /** Uses up a recovery code. @returns how many are left; undefined when it is none of them */
  async takeRecoveryCode(userId: ObjectId, hash: string, transaction?: ClientSession): Promise<number | undefined> {
    const left = await this.users.findOneAndUpdate(
      { _id: userId, 'recoveryCodes.hashes': hash },
      { $pull: { 'recoveryCodes.hashes': hash } as never },
      { returnDocument: 'after', projection: { 'recoveryCodes.hashes': 1 }, session: transaction },
    );
    return left?.recoveryCodes!.hashes.length;
  }

  /** Counts a code before it is judged. @returns the count; undefined when `most` of them have been wrong in a row */
  async countWrongCode(userId: ObjectId, counter: WrongCodeCounter, most: number): Promise<number | undefined> {
    const counted = await this.users.findOneAndUpdate(
      { _id: userId, [counter]: { $not: { $gte: most } } },
      { $inc: { [counter]: 1 } },
      { returnDocument: 'after', projection: { wrongCodes: 1 } },
    );
    return counted ? wrongCodesOf(counted, counter) : undefined;
  }

  /** As if the code had not been counted. */
  async giveBack(userId: ObjectId, counter: WrongCodeCounter): Promise<void> {
    await this.users.updateOne({ _id: userId, [counter]: { $gt: 0 } }, { $inc: { [counter]: -1 } });
  }

  async clearWrongCodes(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, { $unset: { wrongCodes: 1 } }, { session: transaction });
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

export function wrongCodesOf({ wrongCodes }: Pick<User, 'wrongCodes'>, counter: WrongCodeCounter): number {
  if (counter === 'wrongCodes.others') return wrongCodes?.others ?? 0;
  return wrongCodes?.devices?.[counter.slice('wrongCodes.devices.'.length)] ?? 0;
}
