import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseService } from './database.service.js';

const CHECK_EVERY_MS = 60_000;

/**
 * Recreates indexes that are lost while the app runs, because their collection is dropped, renamed or restored. Without
 * the indexes, usernames are not unique and expired sessions are never removed.
 */
@Injectable()
export class IndexKeeperService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('IndexKeeperService');
  private timer?: NodeJS.Timeout;

  constructor(private readonly database: DatabaseService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.restore(), CHECK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Never rejects: the next check tries again. */
  async restore(): Promise<void> {
    if (!this.database.ready) return;
    try {
      await this.database.createIndexes();
    } catch (error) {
      this.logger.warn({ event: 'indexes_missing', err: error }, 'indexes could not be created');
    }
  }
}
