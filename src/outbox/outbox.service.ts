import { Inject, Injectable, Logger } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import type { ClientSession, ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { OutboxRepository } from './outbox.repository.js';
import { MAX_WAITING } from './outbox.schedule.js';
import type { Delivery, DeliveryResult, NewJob } from './outbox.types.js';

/** How long a count of waiting jobs is reused while it is far from the limit. */
const COUNT_MS = 1_000;
const WARN_EVERY_MS = 60_000;

/**
 * A transactional outbox: jobs are stored in the transaction of the change that causes them, and delivered afterwards by
 * any process, at least once. See outbox-worker.service.ts.
 * @see docs/adr/0019-outbox.md
 */
@Injectable()
export class OutboxService {
  private readonly logger = new Logger('Outbox');
  private readonly events = new EventEmitter<{ waiting: []; result: [kind: string, result: DeliveryResult] }>();
  private readonly counts = new Map<string, { waiting: number; until: number }>();
  private nextWarning = 0;
  /** By kind. */
  readonly deliveries = new Map<string, Delivery>();

  constructor(
    private readonly database: DatabaseService,
    private readonly jobs: OutboxRepository,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Makes this process deliver the jobs of a kind. Call from `onModuleInit`. */
  register<P>(delivery: Delivery<P>): void {
    this.deliveries.set(delivery.kind, delivery as Delivery);
  }

  /**
   * Stores a job.
   * @param transaction of the change that causes it
   * @returns false if it was dropped because 10,000 jobs of its bounded kind wait
   */
  async enqueue<P>(job: NewJob<P>, transaction?: ClientSession): Promise<boolean> {
    if (this.deliveries.get(job.kind)?.bounded && (await this.isFull(job.kind))) {
      this.report(job.kind, 'dropped');
      return false;
    }
    await this.enqueueAll([job], transaction);
    return true;
  }

  /** Stores several jobs of unbounded kinds in one command. */
  async enqueueAll(jobs: NewJob[], transaction?: ClientSession): Promise<void> {
    if (jobs.length === 0) return;
    await this.jobs.insert(jobs, transaction);
    this.database.afterCommit(transaction, () => this.events.emit('waiting'));
  }

  /** Removes the waiting jobs of an account, such as its codes when it is deleted. */
  removeOf(userId: ObjectId, kinds: string[], transaction?: ClientSession): Promise<void> {
    return this.jobs.removeOf(userId, kinds, transaction);
  }

  /** The kinds that this process delivers. */
  get kinds(): string[] {
    return [...this.deliveries.keys()];
  }

  /** @returns the age of the oldest waiting job of each kind; 0 if there is none */
  async oldestWaitingSeconds(): Promise<Map<string, number>> {
    if (this.kinds.length === 0) return new Map();
    const oldest = await this.jobs.oldestWaiting();
    const age = (at?: Date) => (at ? Math.max(0, (Date.now() - at.getTime()) / 1000) : 0);
    return new Map(this.kinds.map((kind) => [kind, age(oldest.get(kind))]));
  }

  /** Removes the jobs of a kind that have one of these payloads: for jobs without a user id. */
  removePayloads(kind: string, payloads: object[], transaction?: ClientSession): Promise<void> {
    return this.jobs.removePayloads(kind, payloads, transaction);
  }

  /** Calls the listener after this process has stored a job. */
  onWaiting(listener: () => void): void {
    if (this.config.deliversOutbox) this.events.on('waiting', listener);
  }

  onResult(listener: (kind: string, result: DeliveryResult) => void): void {
    this.events.on('result', listener);
  }

  report(kind: string, result: DeliveryResult): void {
    this.events.emit('result', kind, result);
  }

  /** Near the limit, counts again. Otherwise reuses the last count for a second and adds the jobs of this process. */
  private async isFull(kind: string): Promise<boolean> {
    const known = this.counts.get(kind);
    if (known && known.until > Date.now() && known.waiting < MAX_WAITING * 0.9) {
      known.waiting += 1;
      return false;
    }
    const waiting = await this.jobs.countWaiting(kind, MAX_WAITING);
    this.counts.set(kind, { waiting, until: Date.now() + COUNT_MS });
    if (waiting < MAX_WAITING) return false;
    this.warnOfDrop(kind);
    return true;
  }

  private warnOfDrop(kind: string): void {
    if (Date.now() < this.nextWarning) return;
    this.nextWarning = Date.now() + WARN_EVERY_MS;
    this.logger.warn({ event: 'outbox_full', kind }, `${MAX_WAITING} jobs wait; new ones are dropped`);
  }
}
