import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { DatabaseService } from '../database/database.service.js';
import { PostsService } from '../posts/posts.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { UsersService } from '../users/users.service.js';
import { OwnedRecordsService } from './owned-records.service.js';

/** A deleted account whose data are not completely removed. */
interface PendingDeletion {
  _id: ObjectId;
  at: Date;
}

/**
 * Removes the data of a deleted account: posts, activity, its id in tombstones. They may be too many for one transaction, so
 * this runs afterwards. A note in `pending_deletions` stays until it is done; if a process dies, the next start continues.
 */
@Injectable()
export class AccountCleanupService implements OnApplicationBootstrap {
  private readonly logger = new Logger('AccountCleanupService');

  constructor(
    private readonly database: DatabaseService,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly posts: PostsService,
    private readonly audit: AuditService,
    private readonly owned: OwnedRecordsService,
  ) {}

  onApplicationBootstrap(): void {
    void this.database.client.then(() => this.purgePending()).catch((error: unknown) => this.logFailure(error));
  }

  private get pending(): Collection<PendingDeletion> {
    return this.database.collection<PendingDeletion>('pending_deletions');
  }

  /** Call in the transaction that deletes the account. */
  async schedule(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.pending.insertOne({ _id: userId, at: new Date() }, { session: transaction });
  }

  /** Call after the account is deleted. If the removal fails, the next start continues; the account stays deleted. */
  async purge(userId: ObjectId): Promise<void> {
    try {
      await this.owned.removeLate(userId);
      await this.posts.deleteByAuthor(userId);
      await this.audit.deleteForUser(userId);
      await this.sessions.anonymizeTombstones(userId);
      await this.pending.deleteOne({ _id: userId });
    } catch (error) {
      this.logFailure(error);
    }
  }

  private async purgePending(): Promise<void> {
    for (const { _id } of await this.pending.find().toArray()) {
      // A restored backup or an import may have created the account again.
      if (await this.users.exists(_id)) await this.pending.deleteOne({ _id });
      else await this.purge(_id);
    }
  }

  private logFailure(error: unknown): void {
    this.logger.warn(
      { event: 'account_cleanup_failed', err: error },
      'The data of a deleted account could not be removed yet',
    );
  }
}
