import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { lowerPriorityOfHashing } from './hash-thread-priority.js';

/** The time of a hash of cost 12 on a slow machine. Measurements replace it. */
const FIRST_GUESS_MS_AT_COST_12 = 300;
/** Weight of the newest measurement in the running mean. */
const WEIGHT = 0.2;

/**
 * Queues password hashes: one per core runs at a time, in libuv's thread pool. Rejects a hash at once if it would wait
 * longer than HASH_MAX_WAIT, so that the queue stays bounded.
 */
@Injectable()
export class HashQueueService implements OnModuleInit {
  private readonly cores = availableParallelism();
  private readonly queue = new PQueue({ concurrency: this.cores });
  private meanMs: number;

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {
    this.meanMs = FIRST_GUESS_MS_AT_COST_12 * 2 ** (config.password.bcryptCost - 12);
  }

  onModuleInit(): Promise<void> {
    return lowerPriorityOfHashing();
  }

  /** How many hashes wait, and how many run. */
  get state(): { waiting: number; running: number } {
    return { waiting: this.queue.size, running: this.queue.pending };
  }

  /** @throws {AppError} overloaded, if the work would wait longer than HASH_MAX_WAIT */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.throwIfOverloaded();
    return this.queue.add(() => this.measured(work));
  }

  /**
   * For callers that query the database before they hash: under a flood they save the query.
   * @throws {AppError} overloaded
   */
  throwIfOverloaded(): void {
    const waitMs = this.expectedWaitMs();
    if (waitMs <= this.config.hashMaxWaitMs) return;
    throw new AppError('overloaded', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }

  /** Zero while a core is free; otherwise the time of the hashes ahead, shared by all cores. */
  private expectedWaitMs(): number {
    if (this.queue.pending < this.cores) return 0;
    return ((this.queue.size + 1) / this.cores) * this.meanMs;
  }

  private async measured<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.meanMs += WEIGHT * (performance.now() - start - this.meanMs);
    return result;
  }
}
