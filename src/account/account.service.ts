import { Injectable } from '@nestjs/common';
import type { ObjectId } from 'mongodb';
import { AuditService, OPERATOR } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { PostsService } from '../posts/posts.service.js';
import type { SessionUser } from '../sessions/session.types.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { UsersService } from '../users/users.service.js';

@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly posts: PostsService,
    private readonly audit: AuditService,
  ) {}

  /** Removes the account and all that carries its id, for good. The user goes first: without it no session is live. */
  delete(userId: ObjectId): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await this.users.remove(userId, transaction);
      await this.sessions.forgetUser(userId, transaction);
      await this.posts.deleteByAuthor(userId, transaction);
      await this.audit.forget(userId, transaction);
    });
  }

  /** Ends every session of the account and refuses new ones, until it is enabled again. */
  disable(user: SessionUser): Promise<void> {
    return this.database.transaction(async (transaction) => {
      await this.users.setDisabled(user._id, true, transaction);
      const sessionIds = await this.sessions.revokeAll(user, 'account_disabled', { transaction });
      await this.audit.record(OPERATOR, 'account_disabled', { userId: user._id }, transaction);
      await this.audit.record(OPERATOR, 'session_revoked', { userId: user._id, sessionIds }, transaction);
    });
  }

  /**
   * Ends one session of the account, by its public id, or all of them.
   * @returns the public ids of those that were ended
   */
  async endSessions(user: SessionUser, publicId?: string): Promise<string[]> {
    const sessionIds =
      publicId === undefined ? await this.sessions.revokeAll(user, 'revoked') : await this.endSession(user, publicId);
    await this.audit.record(OPERATOR, 'session_revoked', { userId: user._id, sessionIds });
    return sessionIds;
  }

  /** Lets the user sign in again; what was ended stays ended. */
  enable(user: SessionUser): Promise<void> {
    return this.database.transaction(async (transaction) => {
      // A sign-in that was under way while the account was disabled may have left a session.
      await this.sessions.revokeAll(user, 'account_disabled', { transaction });
      await this.users.setDisabled(user._id, false, transaction);
      await this.audit.record(OPERATOR, 'account_enabled', { userId: user._id }, transaction);
    });
  }

  private async endSession(user: SessionUser, publicId: string): Promise<string[]> {
    const ended = await this.sessions.revokeOwn(user._id, publicId, 'revoked');
    return ended ? [ended.publicId] : [];
  }
}
