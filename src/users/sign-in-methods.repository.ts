import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, Collection, Filter, ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { credentialVersionOf, type User, type UserRecord } from './user.schema.js';

/** Raised by every change of the ways to sign in, so that transactions about them wait for each other. */
const LOCK = { lock: 1 };

/**
 * The ways to sign in to an account: password, passkeys, identities at providers. Each removal is one conditional write
 * to the user, which decides between racing removals: one way always stays. A way that the settings turn off is none.
 */
@Injectable()
export class SignInMethodsRepository {
  private readonly providers: string[];
  private readonly passkeysEnabled: boolean;

  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { providers, passkeys }: AppConfig,
  ) {
    this.providers = [...providers.oidc.map(({ name }) => name), ...(providers.github ? ['github'] : [])];
    this.passkeysEnabled = passkeys !== null;
  }

  /** @returns false where the account has `max` passkeys already */
  addPasskey(userId: ObjectId, max: number, transaction?: ClientSession): Promise<boolean> {
    const change = { $inc: { passkeyCount: 1, ...LOCK } };
    return this.update({ _id: userId, passkeyCount: { $not: { $gte: max } } }, change, transaction);
  }

  /** @returns false where the passkey is the only way to sign in */
  removePasskey(userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const others = [hasPassword, hasIdentity(this.providers), { passkeyCount: { $gt: 1 } }];
    const change = { $inc: { passkeyCount: -1, ...LOCK } };
    return this.update({ _id: userId, passkeyCount: { $gt: 0 }, $or: others }, change, transaction);
  }

  /** @returns false where the identity is the only way to sign in, or is not linked */
  removeIdentity(userId: ObjectId, provider: string, transaction?: ClientSession): Promise<boolean> {
    const usable = this.providers.filter((name) => name !== provider);
    const others = [hasPassword, hasIdentity(usable), ...this.hasPasskey];
    const change = { $pull: { identities: { provider } }, $inc: LOCK };
    return this.update({ _id: userId, 'identities.provider': provider, $or: others }, change, transaction);
  }

  /**
   * Raises `credentialVersion`: what the password proved is void.
   * @returns false where the password is the only way to sign in, or has changed since `user` was read
   */
  removePassword(user: UserRecord, transaction?: ClientSession): Promise<boolean> {
    const version = credentialVersionOf(user);
    // A user that an older version stored has none yet.
    const credentialVersion = version === 0 ? { $in: [0, null as never] } : version;
    const others = [hasIdentity(this.providers), ...this.hasPasskey];
    const change = {
      $unset: { passwordHash: 1 },
      $set: { credentialChange: 'password_changed' },
      $inc: { credentialVersion: 1, ...LOCK },
    } as const;
    return this.update({ _id: user._id, credentialVersion, ...hasPassword, $or: others }, change, transaction);
  }

  private get hasPasskey(): Filter<User>[] {
    return this.passkeysEnabled ? [{ passkeyCount: { $gt: 0 } }] : [];
  }

  private async update(
    filter: Filter<User>,
    change: Parameters<Collection<User>['updateOne']>[1],
    transaction?: ClientSession,
  ): Promise<boolean> {
    const users = this.database.collection<User>('users');
    const { matchedCount } = await users.updateOne(filter, change, { session: transaction });
    return matchedCount === 1;
  }
}

const hasPassword: Filter<User> = { passwordHash: { $exists: true } };

const hasIdentity = (providers: string[]): Filter<User> => ({ 'identities.provider': { $in: providers } });
