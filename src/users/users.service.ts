import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Request } from 'express';
import type { ClientSession, ObjectId } from 'mongodb';
import mongoose, { type Model } from 'mongoose';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { isDuplicateKey } from '../database/mongo-errors.js';
import { AppError, issuesAt } from '../errors/app.error.js';
import { OPERATOR, SecurityLoggerService } from '../logging/security-logger.service.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { HashQueueService } from './hash-queue.service.js';
import { PasswordHasherService } from './password-hasher.service.js';
import { passwordIssues } from './password-policy.js';
import { credentialVersionOf, User, type UserRecord } from './user.schema.js';
import { canonicalUsername, usernameIssues } from './username.js';
import type { SignupBody } from './users.schemas.js';

export type UserWithHash = UserRecord & Pick<User, 'passwordHash'>;

@Injectable()
export class UsersService {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly hasher: PasswordHasherService,
    private readonly queue: HashQueueService,
    private readonly ipLimiter: IpRateLimiterService,
    private readonly securityLogger: SecurityLoggerService,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Creates an account. The unique index decides between racing signups of one name, not a look-up before.
   * @param request absent where an operator creates it
   * @throws {AppError} validation_failed, rate_limited, username_taken, overloaded
   */
  async signUp({ username, password, email }: SignupBody, request?: Request): Promise<User> {
    const canonical = canonicalUsername(username);
    this.assertAcceptable(canonical, password);
    // Before it is counted: what nobody looks at is no attempt.
    this.queue.throwIfOverloaded();
    if (request) await this.ipLimiter.countSignup(request);
    const hash = () => this.hasher.hash(password);
    const passwordHash = await (request ? request.deadline.pauseWhile(hash) : hash());
    const user = await this.create({ username: canonical, passwordHash, email });
    this.securityLogger.write('user_created', request ?? OPERATOR, { userId: user._id.toHexString() }, 'signed up');
    return user;
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
    return this.users.findOne({ username }).select('+passwordHash').lean<UserWithHash>().exec();
  }

  /** Puts an upgraded hash in place, unless the password was changed meanwhile. */
  async replaceHash(userId: ObjectId, oldHash: string, newHash: string): Promise<void> {
    await this.users.updateOne({ _id: userId, passwordHash: oldHash }, { passwordHash: newHash });
  }

  /** Unless it was changed since `user` was read. @returns whether it was put in place */
  async changePassword(user: UserRecord, passwordHash: string, transaction?: ClientSession): Promise<boolean> {
    const unchanged = { _id: user._id, credentialVersion: sameVersion(user) };
    const change = { $set: { passwordHash, credentialChange: 'password_changed' }, $inc: { credentialVersion: 1 } };
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

  /** @returns whether the account was still there */
  async remove(userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.users.deleteOne({ _id: userId }, { session: transaction });
    return deletedCount === 1;
  }

  /** Makes transactions about one account wait for each other: of two that write one document, one starts again. */
  async lock(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, { $inc: { lock: 1 } }, { session: transaction });
  }

  private assertAcceptable(username: string, password: string): void {
    const { minLength } = this.config.password;
    const issues = [
      ...issuesAt('username', usernameIssues(username)),
      ...issuesAt('password', passwordIssues(password, { username, minLength })),
    ];
    if (issues.length > 0) throw new AppError('validation_failed', { issues });
  }

  private async create(account: Pick<User, 'username' | 'passwordHash' | 'email'>): Promise<User> {
    try {
      return await this.users.create(account);
    } catch (error) {
      if (isDuplicateKey(error)) throw new AppError('username_taken', { cause: error });
      throw error;
    }
  }
}

/** A user that an older version stored has no version yet. */
function sameVersion(user: UserRecord) {
  const version = credentialVersionOf(user);
  return version === 0 ? mongoose.trusted({ $in: [0, null] }) : version;
}
