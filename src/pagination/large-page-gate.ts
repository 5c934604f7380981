import { setImmediate } from 'node:timers/promises';
import { KeyedSemaphore } from '../rate-limits/keyed-semaphore.js';

/** Large pages that may be read and made at the same time: each takes several megabytes until it is sent. */
const CONCURRENT = 4;
/** Below the time that a request has for its response. */
const MAX_WAIT_MS = 2_000;
/** How long after a large page others are expected. */
const WATCHFUL_MS = 10_000;

/**
 * Keeps many large pages from filling the memory and from holding up every other request. Costs nothing as long as no page
 * is large: then reads pass at once.
 */
export class LargePageGate {
  private readonly semaphore = new KeyedSemaphore(CONCURRENT, MAX_WAIT_MS);
  private lastTurn: Promise<unknown> = Promise.resolve();
  private watchfulUntil = 0;

  /**
   * Reads a page, at most so many at a time where pages have lately been large.
   * @throws {AppError} overloaded, when it would have to wait too long
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

  /** For a page that is large: resolves in a turn of the event loop that no other large page is made in. */
  nextTurn(): Promise<unknown> {
    this.watchfulUntil = performance.now() + WATCHFUL_MS;
    this.lastTurn = this.lastTurn.then(() => setImmediate());
    return this.lastTurn;
  }
}
