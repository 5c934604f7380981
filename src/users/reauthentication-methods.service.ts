import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import type { User, UserRecord } from './user.schema.js';

export type ReauthenticationMethod = 'password' | 'passkey' | 'provider';

/** The methods by which a user can re-authenticate. */
@Injectable()
export class ReauthenticationMethodsService {
  private readonly providers: string[];

  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { providers: { oidc, github } }: AppConfig,
  ) {
    this.providers = [...oidc, ...(github ? [github] : [])].map(({ name }) => name);
  }

  /** A provider counts only for accounts that have neither a password nor a passkey. */
  async of({ _id, passkeyCount = 0 }: UserRecord): Promise<ReauthenticationMethod[]> {
    const users = this.database.collection<User>('users');
    const user = await users.findOne({ _id }, { projection: { passwordHash: 1, 'identities.provider': 1 } });
    const own: ReauthenticationMethod[] = [];
    if (user?.passwordHash !== undefined) own.push('password');
    if (passkeyCount > 0) own.push('passkey');
    if (own.length > 0) return own;
    return user?.identities?.some(({ provider }) => this.providers.includes(provider)) ? ['provider'] : [];
  }
}
