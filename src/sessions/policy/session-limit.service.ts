import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { AuditService } from '../../audit/audit.service.js';
import { APP_CONFIG, type AppConfig } from '../../config/app.config.js';
import { AppError } from '../../errors/app.error.js';
import { KeyedSemaphore } from '../../rate-limits/keyed-semaphore.js';
import type { UserRecord } from '../../users/user.schema.js';
import { UsersService } from '../../users/users.service.js';
import { SessionTransactionService } from '../store/session-transaction.service.js';
import { sessionView } from '../devices/session.views.js';
import { SessionsRepository } from '../store/sessions.repository.js';

/** Enforces SESSION_MAX_PER_USER with the policy of SESSION_CAP_POLICY. */
@Injectable()
export class SessionLimitService {
  private readonly semaphore: KeyedSemaphore;

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly transactions: SessionTransactionService,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditService,
  ) {
    this.semaphore = new KeyedSemaphore(1, config.hashMaxWaitMs);
  }

  /**
   * Runs `logIn`, which stores the new session of `user`, and keeps the account within the session limit.
   * @throws {AppError} with the policy `refuse`: session_limit_reached, with the sessions that the user can revoke; overloaded,
   *   if other sign-ins of the account take too long
   */
  async enforce(request: Request, user: UserRecord, logIn: () => Promise<unknown>): Promise<void> {
    if (this.config.session.capPolicy === 'refuse') return this.enforceByRejecting(request, user, logIn);
    await logIn();
    const evicted = await this.sessions.evictOldest(user, this.config.session.maxPerUser, 'evicted');
    await this.audit.record(request, 'session_evicted', { userId: user._id, sessionIds: evicted });
  }

  /**
   * The transaction enforces the limit across processes. Each conflict restarts a transaction, so sign-ins of one account
   * also wait for each other within this process.
   */
  private async enforceByRejecting(request: Request, user: UserRecord, logIn: () => Promise<unknown>): Promise<void> {
    const release = await request.deadline.pauseWhile(() => this.semaphore.acquire(user._id.toHexString()));
    const replacedId = request.auth.session?._id;
    try {
      await this.transactions.run(request, async (transaction) => {
        await this.users.lock(user._id, transaction);
        await this.rejectIfFull(user, replacedId, transaction);
        await logIn();
      });
    } finally {
      release();
    }
  }

  private async rejectIfFull(user: UserRecord, replacedId?: string, transaction?: ClientSession): Promise<void> {
    const active = await this.sessions.listActive(user, transaction);
    const others = active.filter(({ _id }) => _id !== replacedId);
    if (others.length < this.config.session.maxPerUser) return;
    throw new AppError('session_limit_reached', { sessions: others.map((session) => sessionView(session)) });
  }
}
