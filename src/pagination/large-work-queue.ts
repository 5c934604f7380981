import { setImmediate } from 'node:timers/promises';

/**
 * Lets one piece of work go on in each turn of the event loop. Many large responses that are made at the same time would
 * otherwise hold up every other request for as long as all of them take.
 */
export class LargeWorkQueue {
  private last: Promise<unknown> = Promise.resolve();

  /** Resolves when it is the caller's turn. */
  next(): Promise<unknown> {
    this.last = this.last.then(() => setImmediate());
    return this.last;
  }
}
