import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.service.js';
import { PostsService } from '../posts/posts.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { UsersService } from '../users/users.service.js';

/** An account that is gone, with things of its own still there. */
interface Deletion {
  _id: ObjectId;
  at: Date;
}

/**
 * What an account leaves behind that nobody sees any more: posts, history, its id in ended sessions. There may be too
 * much of it for one transaction, so it is removed afterwards. A note says so until it is done: what a process that dies
 * leaves is removed by the next one that starts.
 */
@Injectable()
export class AccountRemains implements OnApplicationBootstrap {
  private readonly logger = new Logger('AccountRemains');

  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly sessions: SessionsRepository,
    private readonly posts: PostsService,
    private readonly audit: AuditService,
  ) {}

  onApplicationBootstrap(): void {
    void this.database.client.then(() => this.removeNoted()).catch((error: unknown) => this.tell(error));
  }

  private get deletions(): Collection<Deletion> {
    return this.database.collection<Deletion>('deletions');
  }

  /** Together with the end of the account. */
  async note(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.deletions.insertOne({ _id: userId, at: new Date() }, { session: transaction });
  }

  /** Once the account is gone. What cannot be removed now is left to the next start: the account is gone all the same. */
  async remove(userId: ObjectId): Promise<void> {
    try {
      await this.posts.deleteByAuthor(userId);
      await this.audit.forget(userId);
      await this.sessions.forgetEnded(userId);
      await this.deletions.deleteOne({ _id: userId });
    } catch (error) {
      this.tell(error);
    }
  }

  private async removeNoted(): Promise<void> {
    for (const { _id } of await this.deletions.find().toArray()) {
      // A backup or an import may have brought the account back.
      if (await this.users.exists(_id)) await this.deletions.deleteOne({ _id });
      else await this.remove(_id);
    }
  }

  private tell(error: unknown): void {
    this.logger.warn({ event: 'remains_left', err: error }, 'what a deleted account left is still to be removed');
  }
}
