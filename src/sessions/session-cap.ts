import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { SessionTransaction } from './session-transaction.js';
import { sessionView } from './session.view.js';
import { SessionsRepository } from './sessions.repository.js';

/** Holds every account to SESSION_MAX_PER_USER, as SESSION_CAP_POLICY says. */
@Injectable()
export class SessionCap {
  /** By account, the sign-in that came last and is not done yet. */
  private readonly last = new Map<string, Promise<void>>();

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly transactions: SessionTransaction,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditService,
  ) {}

  /**
   * Runs `logIn`, which stores the new session of `user`, so that the account ends up within its cap.
   * @throws {AppError} session_limit_reached, with the sessions to choose from, where the policy is to refuse
   */
  async admit(request: Request, user: UserRecord, logIn: () => Promise<unknown>): Promise<void> {
    if (this.config.session.capPolicy === 'refuse') {
      return this.inTurn(user, () => this.refuseBeyond(request, user, logIn));
    }
    await logIn();
    const evicted = await this.sessions.revokeBeyond(user, this.config.session.maxPerUser, 'evicted');
    await this.audit.record(request, 'session_evicted', { userId: user._id, sessionIds: evicted });
  }

  /**
   * Spares racing sign-ins of one account most of their conflicts, which cost a new start each. It is the transaction
   * that keeps the cap: other processes have turns of their own.
   */
  private async inTurn(user: UserRecord, work: () => Promise<void>): Promise<void> {
    const account = user._id.toHexString();
    const turn = (this.last.get(account) ?? Promise.resolve()).then(work, work);
    this.last.set(account, turn);
    try {
      await turn;
    } finally {
      if (this.last.get(account) === turn) this.last.delete(account);
    }
  }

  private refuseBeyond(request: Request, user: UserRecord, logIn: () => Promise<unknown>): Promise<void> {
    const replacedId = request.liveSession?._id;
    return this.transactions.run(request, async (transaction) => {
      await this.users.lock(user._id, transaction);
      await this.refuseFull(user, replacedId, transaction);
      await logIn();
    });
  }

  private async refuseFull(user: UserRecord, replacedId?: string, transaction?: ClientSession): Promise<void> {
    const live = await this.sessions.listLive(user, transaction);
    const others = live.filter(({ _id }) => _id !== replacedId);
    if (others.length < this.config.session.maxPerUser) return;
    throw new AppError('session_limit_reached', { sessions: others.map((session) => sessionView(session)) });
  }
}
