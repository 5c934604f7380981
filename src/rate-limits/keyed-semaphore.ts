import PQueue from 'p-queue';
import { AppError } from '../errors/app.error.js';

/**
 * Limits how many holders each id has at a time, within this process. Uses p-queue, as the hash queue does, to save the
 * dependency on a semaphore library such as async-mutex.
 */
export class KeyedSemaphore {
  private readonly queues = new Map<string, PQueue>();

  constructor(
    private readonly permits: number,
    private readonly maxWaitMs: number,
  ) {}

  /**
   * Waits for a permit of this id.
   * @returns a function that releases the permit
   * @throws {AppError} overloaded, after `maxWaitMs`
   */
  acquire(id: string): Promise<() => void> {
    const queue = this.queues.get(id) ?? this.newQueue(id);
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), this.maxWaitMs);
    return new Promise((resolve, reject) => {
      const hold = (): Promise<void> => {
        clearTimeout(timer);
        return new Promise((release) => resolve(release));
      };
      queue.add(hold, { signal: timeout.signal }).catch(() => reject(new AppError('overloaded')));
    });
  }

  private newQueue(id: string): PQueue {
    const queue = new PQueue({ concurrency: this.permits });
    queue.on('idle', () => this.queues.delete(id));
    this.queues.set(id, queue);
    return queue;
  }
}
