import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { SecurityLoggerService } from '../logging/security-logger.service.js';
import { NoticesService } from '../mail/notices.service.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { LinkedIdentitiesRepository, type IdentityKey, type SignInMethods } from './linked-identities.repository.js';
import { SignInMethodsRepository } from '../users/sign-in-methods.repository.js';
import type { UserRecord } from '../users/user.schema.js';
import { signupBody } from '../users/users.schemas.js';
import { CallbackError } from './callback.error.js';
import type { ProviderIdentity } from './provider.interface.js';
import { ProvidersRegistry } from './providers.registry.js';

/** Finds, creates, links and unlinks accounts by their identities at providers. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly providers: ProvidersRegistry,
    private readonly linkedIdentities: LinkedIdentitiesRepository,
    private readonly methods: SignInMethodsRepository,
    private readonly ipLimiter: IpRateLimiterService,
    private readonly database: DatabaseService,
    private readonly notices: NoticesService,
    private readonly securityLogger: SecurityLoggerService,
  ) {}

  /**
   * Returns the account of an identity, or creates one at its first sign-in. Rejects a browser that is signed in to another
   * account: a page of another site could redirect it to a provider that signs in without a prompt.
   * @throws {AppError} account_disabled, rate_limited
   * @throws {CallbackError} other_account
   */
  async findOrCreateUser(request: Request, provider: string, identity: ProviderIdentity): Promise<UserRecord> {
    const key = { provider, subject: identity.subject };
    const existing = await this.linkedIdentities.find(key);
    const current = request.auth.session?.user;
    if (current && !existing?._id.equals(current._id)) throw new CallbackError('other_account');
    const user = existing ?? (await this.create(request, key, identity));
    if (user.disabledAt) throw new AppError('account_disabled');
    return user;
  }

  /** @throws {CallbackError} other_account, unless the identity is linked to the account that is signed in */
  async confirmOwn({ auth }: SignedInRequest, provider: string, { subject }: ProviderIdentity): Promise<void> {
    const owner = await this.linkedIdentities.find({ provider, subject });
    if (!owner?._id.equals(auth.session.user._id)) throw new CallbackError('other_account');
  }

  /** @throws {CallbackError} already_linked */
  async link(request: SignedInRequest, provider: string, { subject }: ProviderIdentity): Promise<void> {
    const { user, publicId } = request.auth.session;
    const key = { provider, subject };
    const owner = await this.linkedIdentities.find(key);
    if (owner?._id.equals(user._id)) return;
    await this.database.transaction(async (transaction) => {
      const added = !owner && (await this.linkedIdentities.add(user._id, key, transaction));
      if (!added) throw new CallbackError('already_linked');
      const context = { origin: request, sessionIds: [publicId], details: { provider } };
      await this.notices.notify(user, 'identity_linked', context, transaction);
    });
  }

  signInMethods({ user }: { user: UserRecord }): Promise<SignInMethods> {
    return this.linkedIdentities.signInMethods(user._id);
  }

  /** @throws {AppError} last_sign_in_method */
  async unlink(request: SignedInRequest, provider: string): Promise<void> {
    const { user, publicId } = request.auth.session;
    const removed = await this.database.transaction(async (transaction) => {
      if (!(await this.methods.removeIdentity(user._id, provider, transaction))) return false;
      const context = { origin: request, sessionIds: [publicId], details: { provider } };
      await this.notices.notify(user, 'identity_unlinked', context, transaction);
      return true;
    });
    if (removed) return;
    const { identities } = await this.linkedIdentities.signInMethods(user._id);
    if (identities.some((identity) => identity.provider === provider)) throw new AppError('last_sign_in_method');
  }

  private async create(request: Request, key: IdentityKey, identity: ProviderIdentity): Promise<UserRecord> {
    await this.ipLimiter.countSignup(request);
    const { names, email } = await this.providers.profileOf(request, key.provider, identity);
    const { data: acceptable } = signupBody.shape.email.safeParse(email);
    const { user, created } = await this.linkedIdentities.create(key, names, acceptable);
    if (created)
      this.securityLogger.write('user_created', request, { userId: user._id.toHexString() }, 'signed up by a provider');
    return user;
  }
}
