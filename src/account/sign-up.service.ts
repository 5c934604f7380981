import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { EmailCodesService } from '../email/email-codes.service.js';
import { AppError, issuesAt } from '../errors/app.error.js';
import { OPERATOR, SecurityLoggerService } from '../logging/security-logger.service.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { HashQueueService } from '../users/hash-queue.service.js';
import { PasswordHasherService } from '../users/password-hasher.service.js';
import { passwordIssues } from '../users/password-policy.js';
import type { User } from '../users/user.schema.js';
import { canonicalUsername, usernameIssues } from '../users/username.js';
import type { SignupBody } from '../users/users.schemas.js';
import { UsersService, type NewUser } from '../users/users.service.js';

/** Creates accounts with a password. */
@Injectable()
export class SignUpService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseService,
    private readonly users: UsersService,
    private readonly hasher: PasswordHasherService,
    private readonly queue: HashQueueService,
    private readonly limits: IpRateLimiterService,
    private readonly codes: EmailCodesService,
    private readonly log: SecurityLoggerService,
  ) {}

  /**
   * Creates an account, and mails a code to its email address if mail is on. The unique index decides between concurrent
   * sign-ups with one username.
   * @param request absent if an operator creates the account: no code is mailed then
   * @throws {AppError} validation_failed, rate_limited, username_taken, overloaded
   */
  async signUp({ username, password, email }: SignupBody, request?: Request): Promise<User> {
    const canonical = canonicalUsername(username);
    this.rejectBad(canonical, password, email, request);
    // Before the rate limit: a rejected attempt does not count.
    this.queue.throwIfOverloaded();
    const mailsCode = email !== undefined && request !== undefined && this.config.mail !== null;
    if (request) await this.limits.countSignup(request);
    if (mailsCode) await this.limits.countMail(request);
    const hash = () => this.hasher.hash(password);
    const passwordHash = await (request ? request.deadline.pauseWhile(hash) : hash());
    const account = this.users.newUser({ username: canonical, passwordHash, email });
    const user = mailsCode ? await this.createWithCode(account, email) : await this.users.create(account);
    this.log.write('user_created', request ?? OPERATOR, { userId: user._id.toHexString() }, 'signed up');
    return user;
  }

  private async createWithCode(account: NewUser, email: string): Promise<User> {
    const isAllowed = await this.codes.count(account._id, email);
    return this.database.transaction(async (transaction) => {
      const user = await this.users.create(account, transaction);
      await this.codes.issue(user, email, isAllowed, transaction);
      return user;
    });
  }

  private rejectBad(username: string, password: string, email?: string, request?: Request): void {
    const { minLength } = this.config.password;
    const needsEmail = request !== undefined && email === undefined && this.config.email.verificationRequired;
    const issues = [
      ...issuesAt('username', usernameIssues(username)),
      ...issuesAt('password', passwordIssues(password, { username, minLength })),
      ...issuesAt('email', needsEmail ? [{ code: 'required' }] : []),
    ];
    if (issues.length > 0) throw new AppError('validation_failed', { issues });
  }
}
