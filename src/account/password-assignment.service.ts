import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError, issuesAt } from '../errors/app.error.js';
import { OPERATOR } from '../logging/security-logger.service.js';
import { NoticesService } from '../mail/notices.service.js';
import { AuditService } from '../audit/audit.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { PasswordHasherService } from '../users/password-hasher.service.js';
import { passwordIssues } from '../users/password-policy.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';

/** Sets the password of an account for the operator command `user set-password`. */
@Injectable()
export class PasswordAssignmentService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseService,
    private readonly hasher: PasswordHasherService,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditService,
    private readonly notices: NoticesService,
  ) {}

  /**
   * Replaces the password, or sets a first one, with the rules of a sign-up. Revokes all sessions and voids all device cookies.
   * @returns the number of revoked sessions
   * @throws {AppError} validation_failed; wrong_password, if the password changed meanwhile
   */
  async assign(user: UserRecord, password: string): Promise<number> {
    const { minLength } = this.config.password;
    const issues = passwordIssues(password, { username: user.username, minLength });
    if (issues.length > 0) throw new AppError('validation_failed', { issues: issuesAt('password', issues) });
    const passwordHash = await this.hasher.hash(password);
    return this.database.transaction(async (transaction) => {
      const changed = await this.users.changePassword(user, passwordHash, transaction);
      if (!changed) throw new AppError('wrong_password');
      const sessionIds = await this.sessions.revokeAll(user, 'password_changed', { transaction });
      await this.notices.notify(user, 'password_changed', { origin: OPERATOR }, transaction);
      await this.audit.record(OPERATOR, 'session_revoked', { userId: user._id, sessionIds }, transaction);
      return sessionIds.length;
    });
  }
}
