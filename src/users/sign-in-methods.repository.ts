import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, Collection, Filter, ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { credentialVersionOf, type User, type UserRecord } from './user.schema.js';

/** Written by every change of the ways to sign in, so that transactions about them wait for each other. */
const LOCK = { lock: 1 };

/**
 * The ways to sign in to an account: password, passkeys, identities at providers. Each removal is one conditional write to
 * the user: concurrent removals cannot all succeed, and one way always remains. Ways that the settings turn off do not count.
 */
@Injectable()
export class SignInMethodsRepository {
  private readonly providers: string[];
  private readonly passkeysEnabled: boolean;
  private readonly needsFactor: boolean;

  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { providers, passkeys, secondFactor }: AppConfig,
  ) {
    this.providers = [...providers.oidc.map(({ name }) => name), ...(providers.github ? ['github'] : [])];
    this.passkeysEnabled = passkeys !== null;
    this.needsFactor = secondFactor === 'required';
  }

  /** @returns false if the account has `max` passkeys already */
  addPasskey(userId: ObjectId, max: number, transaction?: ClientSession): Promise<boolean> {
    const change = { $inc: { passkeyCount: 1, ...LOCK } };
    return this.update({ _id: userId, passkeyCount: { $not: { $gte: max } } }, change, transaction);
  }

  /**
   * Also removes the recovery codes if this was the last second factor.
   * @returns false if the passkey is the only way to sign in, or the second factor that SECOND_FACTOR=required needs
   */
  async removePasskey(userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const another = { $or: [{ totp: { $exists: true } }, { passkeyCount: { $gt: 1 } }] };
    const filter = { $and: [this.canRemovePasskey(userId), ...(this.needsFactor ? [another] : [])] };
    if (!(await this.update(filter, { $inc: { passkeyCount: -1, ...LOCK } }, transaction))) return false;
    const unused = { _id: userId, totp: { $exists: false }, passkeyCount: 0 };
    await this.update(unused, { $unset: { recoveryCodes: 1 } }, transaction);
    return true;
  }

  /** Whether one of the passkeys can be removed without losing the last way to sign in. */
  async hasWayBesidePasskey(userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const user = await this.users.findOne(this.canRemovePasskey(userId), {
      projection: { _id: 1 },
      session: transaction,
    });
    return user !== null;
  }

  async setPasskeyCount(userId: ObjectId, passkeyCount: number, transaction?: ClientSession): Promise<void> {
    await this.update({ _id: userId }, { $set: { passkeyCount }, $inc: LOCK }, transaction);
  }

  /** @returns false if the identity is the only way to sign in, or is not linked */
  removeIdentity(userId: ObjectId, provider: string, transaction?: ClientSession): Promise<boolean> {
    const usable = this.providers.filter((name) => name !== provider);
    const others = [hasPassword, hasIdentity(usable), ...this.hasPasskey];
    const change = { $pull: { identities: { provider } }, $inc: LOCK };
    return this.update({ _id: userId, 'identities.provider': provider, $or: others }, change, transaction);
  }

  /**
   * Raises `credentialVersion`, which voids everything that the password has authenticated.
   * @returns false if the password is the only way to sign in, or has changed since `user` was read
   */
  removePassword(user: UserRecord, transaction?: ClientSession): Promise<boolean> {
    const version = credentialVersionOf(user);
    // Documents of older versions have no credential version.
    const credentialVersion = version === 0 ? { $in: [0, null as never] } : version;
    const others = [hasIdentity(this.providers), ...this.hasPasskey];
    const change = {
      $unset: { passwordHash: 1 },
      $set: { credentialChange: 'password_changed' },
      $inc: { credentialVersion: 1, ...LOCK },
    } as const;
    return this.update({ _id: user._id, credentialVersion, ...hasPassword, $or: others }, change, transaction);
  }

  private canRemovePasskey(_id: ObjectId): Filter<User> {
    const others = [hasPassword, hasIdentity(this.providers), { passkeyCount: { $gt: 1 } }];
    return { _id, passkeyCount: { $gt: 0 }, $or: others };
  }

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }

  private get hasPasskey(): Filter<User>[] {
    return this.passkeysEnabled ? [{ passkeyCount: { $gt: 0 } }] : [];
  }

  private async update(
    filter: Filter<User>,
    change: Parameters<Collection<User>['updateOne']>[1],
    transaction?: ClientSession,
  ): Promise<boolean> {
    const { matchedCount } = await this.users.updateOne(filter, change, { session: transaction });
    return matchedCount === 1;
  }
}

const hasPassword: Filter<User> = { passwordHash: { $exists: true } };

const hasIdentity = (providers: string[]): Filter<User> => ({ 'identities.provider': { $in: providers } });
