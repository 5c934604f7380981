import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { PasswordVerifierService } from '../auth/password-verifier.service.js';
import { DeviceCookie } from '../auth/device.cookie.js';
import { SignInService } from '../auth/sign-in.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError, issuesAt } from '../errors/app.error.js';
import { validate } from '../errors/zod-validation.pipe.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { SessionTransactionService } from '../sessions/store/session-transaction.service.js';
import { RecentSignInService } from '../sessions/recent-sign-in.service.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { PasswordHasherService } from '../users/password-hasher.service.js';
import { NoticesService } from '../mail/notices.service.js';
import { passwordIssues } from '../users/password-policy.js';
import { SignInMethodsRepository } from '../users/sign-in-methods.repository.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { firstPasswordBody, passwordChangeBody } from './account.schemas.js';

interface AuthorizedChange {
  user: UserRecord;
  newPassword: string;
  /** The methods (RFC 8176) that the change has proved; none for a first password. */
  proved: string[];
}

@Injectable()
export class PasswordService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly verifier: PasswordVerifierService,
    private readonly recentSignIns: RecentSignInService,
    private readonly hasher: PasswordHasherService,
    private readonly users: UsersService,
    private readonly methods: SignInMethodsRepository,
    private readonly transactions: SessionTransactionService,
    private readonly sessions: SessionsRepository,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly devices: DeviceCookie,
    private readonly notices: NoticesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Changes the password, revokes every other session and gives this one a new id. Voids all device cookies and sets a new one.
   * @returns the number of other sessions that were revoked
   * @throws {AppError} validation_failed, wrong_password, reauthentication_required, rate_limited, overloaded
   */
  async change(request: SignedInRequest): Promise<number> {
    const account = await this.users.findWithHash(request.auth.session.user.username);
    const isFirst = account !== null && account.passwordHash === undefined;
    // By a first password, an attacker who finds a session open could turn it into a permanent sign-in.
    if (isFirst || secondFactorIsOn(request.auth.session.user, this.config)) {
      await this.recentSignIns.require(request.auth.session);
    }
    const allowed = isFirst ? this.authorizeFirst(request, account) : await this.authorizeChange(request);
    const passwordHash = await request.deadline.pauseWhile(() => this.hasher.hash(allowed.newPassword));
    const ended = await this.transactions.run(request, () => this.store(request, allowed, passwordHash));
    this.cookie.issue(request);
    this.devices.issue(request, request.auth.session.user);
    return ended.length;
  }

  private authorizeFirst(request: SignedInRequest, user: UserRecord): AuthorizedChange {
    const { newPassword } = validate(firstPasswordBody, request.body);
    this.assertAcceptable(newPassword, user.username);
    return { user, newPassword, proved: [] };
  }

  private async authorizeChange(request: SignedInRequest): Promise<AuthorizedChange> {
    const { currentPassword, newPassword } = validate(passwordChangeBody, request.body);
    this.assertAcceptable(newPassword, request.auth.session.user.username);
    const user = await this.verifier.confirmPassword(request, currentPassword, 'password_change_failed');
    return { user, newPassword, proved: ['pwd'] };
  }

  private assertAcceptable(password: string, username: string): void {
    const issues = passwordIssues(password, { username, minLength: this.config.password.minLength });
    if (issues.length > 0) throw new AppError('validation_failed', { issues: issuesAt('newPassword', issues) });
  }

  /**
   * Removes the password, so that only passkeys and providers sign in. Voids device cookies, which are bound to the password.
   * @throws {AppError} last_sign_in_method
   */
  async remove(request: SignedInRequest): Promise<void> {
    const account = await this.users.findWithHash(request.auth.session.user.username);
    if (account?.passwordHash === undefined) return;
    await this.transactions.run(request, () => this.drop(request, account));
    this.cookie.issue(request);
    this.devices.issue(request, request.auth.session.user);
  }

  private async store(
    request: SignedInRequest,
    { user, proved }: AuthorizedChange,
    passwordHash: string,
  ): Promise<string[]> {
    const changed = await this.users.changePassword(user, passwordHash, request.auth.transaction);
    // Another request has changed the password meanwhile: the confirmed one is outdated.
    if (!changed) throw new AppError('wrong_password');
    return this.renew(request, user, proved, 'password_changed');
  }

  private async drop(request: SignedInRequest, user: UserRecord): Promise<void> {
    if (!(await this.methods.removePassword(user, request.auth.transaction))) throw new AppError('last_sign_in_method');
    await this.renew(request, user, [], 'password_removed');
  }

  /** @param user as it was before its credentials changed @returns the public ids of the revoked sessions */
  private async renew(
    request: SignedInRequest,
    user: UserRecord,
    proved: string[],
    notice: 'password_changed' | 'password_removed',
  ): Promise<string[]> {
    const { transaction, session } = request.auth;
    const updated = { ...user, credentialVersion: credentialVersionOf(user) + 1 };
    // First, because a session that was revoked meanwhile must not revoke others.
    const { publicId } = await this.signIns.rotateSession(request, updated, { amr: proved });
    const ended = await this.sessions.revokeAll(user, 'password_changed', { except: session._id, transaction });
    await this.notices.notify(user, notice, { origin: request, sessionIds: [publicId] }, transaction);
    await this.audit.record(request, 'session_revoked', { userId: user._id, sessionIds: ended }, transaction);
    return ended;
  }
}
