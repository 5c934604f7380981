import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../errors/app.error.js';
import type { SessionUser } from '../sessions/session.types.js';
import { PasswordHasher } from '../users/password-hasher.js';
import { canonicalUsername } from '../users/username.js';
import { UsersService } from '../users/users.service.js';

@Injectable()
export class AuthService {
  private readonly logger = new Logger('AuthService');

  constructor(
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Exactly one bcrypt, whether the user exists or not, so that neither the answer nor its time tells which.
   * @throws {AppError} invalid_credentials; account_disabled only after a right password
   */
  async verifyCredentials(username: string, password: string): Promise<SessionUser> {
    const user = await this.users.findWithHash(canonicalUsername(username));
    const { ok, needsRehash } = await this.hasher.verify(password, user?.passwordHash ?? null);
    if (!user || !ok) throw new AppError('invalid_credentials');
    if (user.disabledAt) throw new AppError('account_disabled');
    if (needsRehash) this.upgradeHash(user, password);
    return user;
  }

  /** Brings an old hash up to date; nobody waits for it, and when it fails the next sign-in tries again. */
  private upgradeHash(user: SessionUser & { passwordHash: string }, password: string): void {
    this.hasher
      .hash(password)
      .then((hash) => this.users.replaceHash(user._id, user.passwordHash, hash))
      .catch((error: unknown) => this.logger.warn(`A password hash could not be upgraded: ${String(error)}`));
  }
}
