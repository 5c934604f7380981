import { afterEach, describe, expect, it, vi } from 'vitest';
import { SessionReader } from './session.reader.js';
import type { StoredSession } from '../session.types.js';

/** Reads from a variable: every session is as it is at that moment. */
class Reader extends SessionReader {
  constructor() {
    const lifetimes = { idleMs: 1_000, absoluteMs: 1_000 };
    super({ long: lifetimes, short: lifetimes });
  }

  state = 'live';
  /** The ids that each read has requested. */
  readonly reads: string[][] = [];

  protected find(ids: string[]): Promise<Map<string, StoredSession>> {
    this.reads.push(ids);
    if (ids.includes('stuck')) return new Promise(() => undefined);
    const { state } = this;
    return Promise.resolve(
      new Map(ids.map((id) => [id, { _id: id, publicId: state, revokedAt: new Date() } as StoredSession])),
    );
  }

  /** @returns how these sessions are, read at once */
  async statesOf(...ids: string[]): Promise<(string | undefined)[]> {
    const found = await Promise.all(ids.map((id) => this.read(id)));
    return found.map((session) => session?.publicId);
  }
}

describe('SessionReader', () => {
  afterEach(() => void vi.useRealTimers());

  it('reads in one batch what arrives during a read, each session once', async () => {
    const reader = new Reader();
    await reader.statesOf('a', 'b', 'c', 'b');
    expect(reader.reads).toEqual([['a'], ['b', 'c']]);
  });

  it('caches nothing: the next read sees that a session has ended, in a batch too', async () => {
    const reader = new Reader();
    expect(await reader.statesOf('a', 'b', 'c')).toEqual(['live', 'live', 'live']);
    reader.state = 'ended';
    expect(await reader.statesOf('a', 'b', 'c')).toEqual(['ended', 'ended', 'ended']);
  });

  it('delays no read because of one that hangs', async () => {
    const reader = new Reader();
    void reader.read('stuck');
    expect(await reader.statesOf('a', 'b')).toEqual(['live', 'live']);
  });

  it('limits the delay of each read separately', async () => {
    vi.useFakeTimers();
    const reader = new Reader();
    const first = reader.read('a');
    const second = reader.read('b');
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all([first, second]);
    void reader.read('stuck');
    void reader.read('c');
    await vi.advanceTimersByTimeAsync(49);
    expect(reader.reads).toEqual([['a'], ['b'], ['stuck']]);
    await vi.advanceTimersByTimeAsync(1);
    expect(reader.reads.at(-1)).toEqual(['c']);
  });
});
