import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditService } from '../audit/audit.service.js';
import { DatabaseService } from '../database/database.service.js';
import { OPERATOR, SecurityLoggerService } from '../logging/security-logger.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { NoticesService } from '../mail/notices.service.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { AccountCleanupService } from './account-cleanup.service.js';
import { OwnedRecordsService } from './owned-records.service.js';

@Injectable()
export class AccountService {
  constructor(
    private readonly database: DatabaseService,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly owned: OwnedRecordsService,
    private readonly cleanup: AccountCleanupService,
    private readonly notices: NoticesService,
    private readonly audit: AuditService,
    private readonly securityLogger: SecurityLoggerService,
  ) {}

  /**
   * Deletes the account and all its data permanently. The user is deleted first, because no session is active without it.
   * @param request absent if an operator deletes the account. Its response waits only briefly for the removal of the data.
   */
  async delete(user: UserRecord, request?: Request): Promise<void> {
    const { _id: userId } = user;
    const removed = await this.database.transaction(async (transaction) => {
      // Another request is deleting the account.
      if (!(await this.users.remove(userId, transaction))) return false;
      await this.owned.removeOf(user, transaction);
      await this.sessions.revokeAllOfDeletedUser(userId, transaction);
      await this.cleanup.schedule(userId, transaction);
      await this.notices.notify(user, 'account_deleted', { origin: request ?? OPERATOR }, transaction);
      return true;
    });
    if (!removed) return;
    this.securityLogger.write('user_deleted', request ?? OPERATOR, { userId: userId.toHexString() }, 'account deleted');
    const rest = this.cleanup.purge(userId);
    await (request ? request.deadline.waitBriefly(rest) : rest);
  }

  /** Revokes every session of the account and rejects new ones until it is enabled again. */
  disable(user: UserRecord): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await this.users.setDisabled(user._id, true, transaction);
      const sessionIds = await this.sessions.revokeAll(user, 'account_disabled', { transaction });
      await this.notices.notify(user, 'account_disabled', { origin: OPERATOR }, transaction);
      await this.audit.record(OPERATOR, 'session_revoked', { userId: user._id, sessionIds }, transaction);
    });
  }

  /**
   * Revokes one session of the account, by its public id, or all of them.
   * @returns the public ids of the revoked sessions
   */
  async revokeSessions(user: UserRecord, publicId?: string): Promise<string[]> {
    const sessionIds =
      publicId === undefined ? await this.sessions.revokeAll(user, 'revoked') : await this.revokeOne(user, publicId);
    await this.audit.record(OPERATOR, 'session_revoked', { userId: user._id, sessionIds });
    return sessionIds;
  }

  /** Lets the user sign in again; revoked sessions stay revoked. */
  enable(user: UserRecord): Promise<void> {
    return this.database.transaction(async (transaction) => {
      // A sign-in that was in progress while the account was disabled may have stored a session.
      await this.sessions.revokeAll(user, 'account_disabled', { transaction });
      await this.users.setDisabled(user._id, false, transaction);
      await this.audit.record(OPERATOR, 'account_enabled', { userId: user._id }, transaction);
    });
  }

  private async revokeOne(user: UserRecord, publicId: string): Promise<string[]> {
    const ended = await this.sessions.revokeByPublicId(user._id, publicId, 'revoked');
    return ended ? [ended.publicId] : [];
  }
}
