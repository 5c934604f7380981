import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import type { AuditEventType } from '../audit/audit.types.js';
import { AddressesRepository } from '../users/addresses.repository.js';
import { AppError } from '../errors/app.error.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { LoginBackoffService } from '../rate-limits/login-backoff.service.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { normalEmail } from '../users/email-address.js';
import { HashQueueService } from '../users/hash-queue.service.js';
import { PasswordHasherService } from '../users/password-hasher.service.js';
import type { UserRecord } from '../users/user.schema.js';
import { canonicalUsername } from '../users/username.js';
import { UsersService, type UserWithHash } from '../users/users.service.js';
import type { AccountIdentifier } from './auth.schemas.js';
import { DeviceCookie } from './device.cookie.js';

/** Verifies passwords, at a sign-in and for a sensitive action. No other code compares a password with a hash. */
@Injectable()
export class PasswordVerifierService {
  private readonly logger = new Logger('PasswordVerifierService');

  constructor(
    private readonly users: UsersService,
    private readonly hasher: PasswordHasherService,
    private readonly audit: AuditService,
    private readonly addresses: AddressesRepository,
    private readonly ipLimiter: IpRateLimiterService,
    private readonly backoff: LoginBackoffService,
    private readonly devices: DeviceCookie,
    private readonly queue: HashQueueService,
  ) {}

  /**
   * Verifies the password of a sign-in. Runs bcrypt exactly once, whether the user exists or not, so that neither the
   * response nor its time reveals which.
   * @throws {AppError} rate_limited, invalid_credentials; account_disabled only after a correct password
   */
  async verifyCredentials(request: Request, identifier: AccountIdentifier, password: string): Promise<UserRecord> {
    const { right, found } = await this.verifyAttempt(request, this.accountNamed(identifier), password);
    if (!right) {
      await this.audit.record(request, 'sign_in_failed', { userId: found?._id });
      throw new AppError('invalid_credentials');
    }
    if (found.disabledAt) throw new AppError('account_disabled');
    return found;
  }

  /**
   * Confirms the password of a signed-in user.
   * @param failure the audit event to record if the password is wrong
   * @throws {AppError} rate_limited; wrong_password, with 403: a 401 would mean that the session has ended
   */
  async confirmPassword(request: SignedInRequest, password: string, failure: AuditEventType): Promise<UserRecord> {
    const { user, publicId } = request.auth.session;
    const { right, found } = await this.verifyAttempt(
      request,
      this.accountNamed({ username: user.username }),
      password,
    );
    if (right) return found;
    await this.audit.record(request, failure, { userId: user._id, sessionIds: [publicId] });
    throw new AppError('wrong_password');
  }

  /** The keys of usernames and email addresses never collide: no username contains a colon. */
  private accountNamed({ username, email }: AccountIdentifier): NamedAccount {
    if (username === undefined) {
      const normal = normalEmail(email!)!;
      return { key: `email:${normal}`, find: () => this.addresses.findUserWithHash(normal) };
    }
    const canonical = canonicalUsername(username);
    return { key: canonical, find: () => this.users.findWithHash(canonical) };
  }

  private async verifyAttempt(
    request: Request,
    { key, find }: NamedAccount,
    password: string,
  ): Promise<VerifiedAttempt> {
    // LocalAuthGuard checks this even before it reads the session; other callers rely on this check.
    this.queue.throwIfOverloaded();
    await this.ipLimiter.countAttempt(request);
    const found = await find();
    const deviceId = found ? this.devices.read(request, found) : undefined;
    const verify = () => request.deadline.pauseWhile(() => this.compare(found, password));
    const right = await this.backoff.guard(request, { identifier: key, deviceId }, verify);
    return right && found ? { right, found } : { right: false, found };
  }

  private async compare(found: UserWithHash | null, password: string): Promise<boolean> {
    // If a change of the email address was undone, rejects the password until it is reset, at the same cost.
    const hash = found?.passwordResetRequired ? null : (found?.passwordHash ?? null);
    const { ok, needsRehash } = await this.hasher.verify(password, hash);
    if (found?.passwordHash && needsRehash) this.rehash(found._id, found.passwordHash, password);
    return ok;
  }

  /** Replaces an outdated hash in the background. If it fails, the next sign-in tries again. */
  private rehash(userId: ObjectId, oldHash: string, password: string): void {
    this.hasher
      .hash(password)
      .then((hash) => this.users.replaceHash(userId, oldHash, hash))
      .catch((error: unknown) => this.logger.warn(`A password hash could not be upgraded: ${String(error)}`));
  }
}

interface NamedAccount {
  /** The key under which attempts are counted. */
  key: string;
  find: () => Promise<UserWithHash | null>;
}

type VerifiedAttempt = { right: true; found: UserWithHash } | { right: false; found: UserWithHash | null };
