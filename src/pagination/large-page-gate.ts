import { setImmediate } from 'node:timers/promises';
import { KeyedSemaphore } from '../rate-limits/keyed-semaphore.js';

/** Large pages in progress at the same time. Each takes several megabytes until it is sent. */
const CONCURRENT = 4;
/** Less than the deadline of a request. */
const MAX_WAIT_MS = 2_000;
/** How long the limit stays on after a large page. */
const WATCHFUL_MS = 10_000;

/**
 * Bounds the memory of large pages, and the time for which they delay other requests. Has no cost while pages are small.
 */
export class LargePageGate {
  private readonly semaphore = new KeyedSemaphore(CONCURRENT, MAX_WAIT_MS);
  private lastTurn: Promise<unknown> = Promise.resolve();
  private watchfulUntil = 0;

  /**
   * Runs a read; after a large page, at most CONCURRENT reads at a time.
   * @throws {AppError} overloaded, if the read would wait too long
   */
  async pass<T>(read: () => Promise<T>): Promise<T> {
    if (performance.now() >= this.watchfulUntil) return read();
    const release = await this.semaphore.acquire('pages');
    try {
      return await read();
    } finally {
      release();
    }
  }

  /** For a large page: resolves in a turn of the event loop in which no other large page is produced. */
  nextTurn(): Promise<unknown> {
    this.watchfulUntil = performance.now() + WATCHFUL_MS;
    this.lastTurn = this.lastTurn.then(() => setImmediate());
    return this.lastTurn;
  }
}
