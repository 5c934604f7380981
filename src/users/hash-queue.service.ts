import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { lowerPriorityOfHashing } from './hash-thread-priority.js';

/** What a hash of cost 12 takes on a slow machine; corrected by the first hashes that are measured. */
const FIRST_GUESS_MS_AT_COST_12 = 300;
/** Weight of the newest measurement in the running mean. */
const WEIGHT = 0.2;

/**
 * Password hashes wait here: one per core at a time, in libuv's pool, never on the event loop. When the wait would
 * pass HASH_MAX_WAIT the caller is told at once instead of being kept in a line that only grows.
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

  /** How many wait, and how many are being made. */
  get state(): { waiting: number; running: number } {
    return { waiting: this.queue.size, running: this.queue.pending };
  }

  /** @throws {AppError} overloaded, when this one's turn would come too late */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.throwIfOverloaded();
    return this.queue.add(() => this.measured(work));
  }

  /**
   * For callers that ask the database before they hash: a flood is turned away before it costs anything.
   * @throws {AppError} overloaded
   */
  throwIfOverloaded(): void {
    const waitMs = this.expectedWaitMs();
    if (waitMs <= this.config.hashMaxWaitMs) return;
    throw new AppError('overloaded', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }

  /** Nothing to wait for while a core is free; otherwise the hashes before this one, shared by the cores. */
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
