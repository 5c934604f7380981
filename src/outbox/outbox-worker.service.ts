import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { ShutdownStateService } from '../shutdown/shutdown-state.service.js';
import { OutboxAttemptsService } from './outbox-attempts.service.js';
import { OutboxRepository, type DueJobs } from './outbox.repository.js';
import { OutboxService } from './outbox.service.js';

/** Concurrent deliveries of one process. */
const CONCURRENT = 4;
/** How often a process looks for due retries and for jobs of other processes. */
const POLL_MS = 2_000;
/** How long a stop waits for running attempts. After it they are aborted, and another process repeats them. */
const STOP_MS = 4_000;
/** The part of SHUTDOWN_GRACE that is kept for releasing aborted jobs and for closing the database. */
const RESERVE_MS = 1_500;

/**
 * Claims jobs and delivers them: at once when this process stores one, and by polling. Only a poll claims retries, so that
 * requests do not compete with the backlog of an unreachable server.
 */
@Injectable()
export class OutboxWorkerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Outbox');
  private readonly attempts = new Set<Promise<void>>();
  private readonly stop = new AbortController();
  private poll?: NodeJS.Timeout;
  private claiming?: Promise<void>;
  /** What to claim next. A wake during a claim sets it, too. */
  private wanted?: DueJobs;
  /** When the shutdown began. */
  private stoppedAt?: number;

  constructor(
    private readonly outbox: OutboxService,
    private readonly jobs: OutboxRepository,
    private readonly attempt: OutboxAttemptsService,
    private readonly database: DatabaseService,
    private readonly shutdown: ShutdownStateService,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.deliversOutbox || this.outbox.deliveries.size === 0) return;
    this.outbox.onWaiting(() => this.wake('new'));
    this.poll = setInterval(() => this.wake('all'), POLL_MS);
    this.poll.unref();
    this.shutdown.signal.addEventListener('abort', () => this.stopClaiming(), { once: true });
    void this.database.client.then(() => this.wake('all'));
  }

  /**
   * Waits for running attempts. The time since the shutdown began shortens the wait, so that the whole shutdown fits into
   * SHUTDOWN_GRACE.
   */
  async beforeApplicationShutdown(): Promise<void> {
    const { shutdownGraceMs: graceMs } = this.config;
    const budgetMs = Math.min(STOP_MS, Math.max(graceMs - RESERVE_MS, graceMs / 2));
    const leftMs = Math.max(0, this.stopClaiming() + budgetMs - Date.now());
    const underWay = async () => void (await Promise.all([this.claiming, ...this.attempts]));
    await Promise.race([underWay(), delay(leftMs, undefined, { ref: false })]);
    this.stop.abort();
    await underWay();
  }

  private stopClaiming(): number {
    clearInterval(this.poll);
    return (this.stoppedAt ??= Date.now());
  }

  private wake(due: DueJobs): void {
    this.wanted = this.wanted === 'all' ? 'all' : due;
    this.claiming ??= this.claimAll().finally(() => (this.claiming = undefined));
  }

  private async claimAll(): Promise<void> {
    try {
      while (this.wanted && this.stoppedAt === undefined) {
        const due = this.wanted;
        this.wanted = undefined;
        await this.claimDue(due);
      }
    } catch (error) {
      // The next poll retries; faults of the database are logged elsewhere.
      this.logger.debug(`Jobs could not be claimed: ${String(error)}`);
    }
  }

  /** One job of each kind per round, so that many jobs of one kind do not delay the others. */
  private async claimDue(which: DueJobs): Promise<void> {
    const kinds = [...this.outbox.deliveries.keys()];
    for (;;) {
      const due = await this.jobs.kindsDue(kinds, which);
      if (due.length === 0) return;
      for (const kind of due) {
        while (this.attempts.size >= CONCURRENT) await Promise.race(this.attempts);
        if (this.stoppedAt !== undefined) return;
        const job = await this.jobs.claim(kind, which);
        if (job) this.begin(this.attempt.make(job, this.stop.signal));
      }
    }
  }

  private begin(attempt: Promise<void>): void {
    const tracked: Promise<void> = attempt.finally(() => this.attempts.delete(tracked));
    this.attempts.add(tracked);
  }
}
