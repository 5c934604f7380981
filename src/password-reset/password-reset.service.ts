import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { randomBytes } from 'node:crypto';
import { ObjectId, type ClientSession } from 'mongodb';
import { DeviceCookie } from '../auth/device.cookie.js';
import type { VerifiedFactor } from '../auth/second-factor-gate.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError, issuesAt } from '../errors/app.error.js';
import { NoticesService } from '../mail/notices.service.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import type { SecondFactorMethod } from '../second-factor/second-factor.types.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { PasswordHasherService } from '../users/password-hasher.service.js';
import { passwordIssues } from '../users/password-policy.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import type { ResetBody } from './password-reset.schemas.js';
import { ResetTokensRepository, type ResetToken } from './reset-tokens.repository.js';

/** A valid token and its account. */
export interface OpenReset {
  token: ResetToken;
  user: UserRecord;
  /** Methods for the second factor that the reset needs; empty if it needs none. */
  methods: SecondFactorMethod[];
}

/** Sets a new password with the token of a link. */
@Injectable()
export class PasswordResetService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseService,
    private readonly tokens: ResetTokensRepository,
    private readonly users: UsersService,
    private readonly hasher: PasswordHasherService,
    private readonly secondFactors: SecondFactorService,
    private readonly sessions: SessionsRepository,
    private readonly devices: DeviceCookie,
    private readonly limits: IpRateLimiterService,
    private readonly notices: NoticesService,
  ) {}

  /** Checks a token and does not use it up. @throws {AppError} rate_limited, invalid_token */
  async status(request: Request, token: string): Promise<OpenReset> {
    await this.limits.countAttempt(request);
    const open = await this.find(token);
    return { ...open, methods: await this.methodsFor(request, open) };
  }

  /**
   * Sets the new password and ends every session. Does not sign in.
   * @returns how many sessions were ended
   * @throws {AppError} rate_limited, invalid_token, validation_failed, code_required, wrong_code, overloaded
   */
  async reset(request: Request, body: ResetBody): Promise<number> {
    await this.limits.countAttempt(request);
    const open = await this.find(body.token);
    this.rejectBad(body.newPassword, open.user.username);
    const factor = await this.verifyFactor(request, open, body);
    const passwordHash = await request.deadline.pauseWhile(() => this.hasher.hash(body.newPassword));
    const ended = await this.database.transaction((transaction) =>
      this.apply(request, open, passwordHash, factor, transaction),
    );
    const { user } = open;
    this.devices.issue(request, { ...user, credentialVersion: credentialVersionOf(user) + 1 });
    return ended.length;
  }

  /**
   * Makes a token for an operator to hand over. It can also set a first password, and works with mail off.
   * @returns the token; only its hash is stored
   */
  async createToken(user: UserRecord): Promise<{ token: string; expires: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expires = new Date(Date.now() + this.config.passwordReset.lifetimeMs);
    const bound = { userId: user._id, credentialVersion: credentialVersionOf(user) };
    await this.tokens.store(token, { _id: new ObjectId(), ...bound, expires });
    return { token, expires };
  }

  private async find(typed: string): Promise<Omit<OpenReset, 'methods'>> {
    const token = await this.tokens.find(typed);
    const user = token && (await this.users.findById(token.userId));
    if (!user || credentialVersionOf(user) !== token.credentialVersion) throw new AppError('invalid_token');
    return { token, user };
  }

  private async methodsFor(
    request: Request,
    { token, user }: Omit<OpenReset, 'methods'>,
  ): Promise<SecondFactorMethod[]> {
    if (!token.needsSavedFactor && !secondFactorIsOn(user, this.config)) return [];
    const methods = await this.secondFactors.methods(request, user);
    return token.needsSavedFactor ? methods.filter((method) => method !== 'totp') : methods;
  }

  private rejectBad(password: string, username: string): void {
    const issues = passwordIssues(password, { username, minLength: this.config.password.minLength });
    if (issues.length === 0) return;
    throw new AppError('validation_failed', { issues: issuesAt('newPassword', issues) });
  }

  private async verifyFactor(
    request: Request,
    { token, user }: Omit<OpenReset, 'methods'>,
    { code, recoveryCode, credential }: ResetBody,
  ): Promise<VerifiedFactor | undefined> {
    if (!token.needsSavedFactor && !secondFactorIsOn(user, this.config)) return undefined;
    const proof = token.needsSavedFactor ? { recoveryCode, credential } : { code, recoveryCode, credential };
    return this.secondFactors.verify(request, user, proof, { purpose: 'reset', subject: token.tokenHash });
  }

  private async apply(
    request: Request,
    { token, user }: Omit<OpenReset, 'methods'>,
    passwordHash: string,
    factor?: VerifiedFactor,
    transaction?: ClientSession,
  ): Promise<string[]> {
    // Changes the account first, so that transactions about it wait for each other.
    const changed = await this.users.resetPassword(user, passwordHash, transaction);
    const isValid = changed && (await this.tokens.spend(token, transaction));
    if (!isValid) throw new AppError('invalid_token');
    await factor?.consume(transaction);
    await this.tokens.voidAllOf(user._id, transaction);
    const ended = await this.sessions.revokeAll(user, 'password_reset', { transaction });
    await this.notices.notify(user, 'password_reset', { origin: request }, transaction);
    return ended;
  }
}
