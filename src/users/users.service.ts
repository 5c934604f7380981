import { Inject, Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { isDuplicateKey } from '../database/mongo-errors.js';
import { AppError, issue } from '../errors/app.error.js';
import type { SessionUser } from '../sessions/session.types.js';
import { PasswordHasher } from './password-hasher.js';
import { passwordIssues } from './password-policy.js';
import { User } from './user.schema.js';
import { canonicalUsername, usernameIssues } from './username.js';
import type { SignupBody } from './users.schemas.js';

@Injectable()
export class UsersService {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly hasher: PasswordHasher,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Creates an account. The unique index decides between racing signups of one name, not a look-up before.
   * @throws {AppError} validation_failed, username_taken, overloaded
   */
  async signUp({ username, password, email }: SignupBody): Promise<User> {
    const canonical = canonicalUsername(username);
    this.refuseBad(canonical, password);
    const passwordHash = await this.hasher.hash(password);
    try {
      return await this.users.create({ username: canonical, passwordHash, email });
    } catch (error) {
      if (isDuplicateKey(error)) throw new AppError('username_taken', { cause: error });
      throw error;
    }
  }

  /** @param username canonical */
  findWithHash(username: string): Promise<(SessionUser & { passwordHash: string }) | null> {
    return this.users
      .findOne({ username })
      .select('username email roles disabledAt createdAt +passwordHash')
      .lean<SessionUser & { passwordHash: string }>()
      .exec();
  }

  /** Puts an upgraded hash in place, unless the password was changed meanwhile. */
  async replaceHash(userId: Types.ObjectId, oldHash: string, newHash: string): Promise<void> {
    await this.users.updateOne({ _id: userId, passwordHash: oldHash }, { passwordHash: newHash });
  }

  private refuseBad(username: string, password: string): void {
    const { minLength } = this.config.password;
    const issues = [
      ...usernameIssues(username).map((code) => issue('username', code)),
      ...passwordIssues(password, { username, minLength }).map((code) => issue('password', code)),
    ];
    if (issues.length > 0) throw new AppError('validation_failed', { issues });
  }
}
