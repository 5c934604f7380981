import DataLoader from 'dataloader';
import { applyTimeouts, type SessionTimeouts } from '../policy/session.policy.js';
import type { StoredSession } from '../session.types.js';

/** A read that waits for the one before it goes out anyway after this long, so that a slow one delays no other. */
const MAX_WAIT_MS = 50;

/**
 * Reads sessions together with their users. With nothing under way a read goes out at once; reads that arrive while one
 * is under way go out together as the next. Each read begins after its request arrived, so a revocation is seen by the
 * very next request.
 */
export abstract class SessionReader {
  /** @param timeouts as configured, which may be shorter than those that sessions were stored with */
  constructor(private readonly timeouts: SessionTimeouts) {}

  private inFlight = 0;
  private waiting: (() => void)[] = [];
  private patience?: NodeJS.Timeout;

  private readonly loader = new DataLoader<string, StoredSession | null>((ids) => this.readBatch(ids), {
    cache: false,
    maxBatchSize: 500,
    batchScheduleFn: (dispatch) => this.schedule(dispatch),
  });

  /** @param id the stored id, that is the hash of the secret one */
  read(id: string): Promise<StoredSession | null> {
    return this.inFlight === 0 ? this.readAlone(id) : this.loader.load(id);
  }

  private async readAlone(id: string): Promise<StoredSession | null> {
    return (await this.readBatch([id]))[0]!;
  }

  private schedule(dispatch: () => void): void {
    if (this.waiting.length === 0) this.patience = setTimeout(() => this.dispatchWaiting(), MAX_WAIT_MS);
    this.waiting.push(dispatch);
  }

  private dispatchWaiting(): void {
    // Of those that go out now; the next to wait have a time of their own.
    clearTimeout(this.patience);
    for (const dispatch of this.waiting.splice(0)) dispatch();
  }

  private async readBatch(ids: readonly string[]): Promise<(StoredSession | null)[]> {
    this.inFlight += 1;
    try {
      const found = await this.find([...new Set(ids)]);
      for (const stored of found.values()) if (!('revokedAt' in stored)) applyTimeouts(stored, this.timeouts);
      return ids.map((id) => found.get(id) ?? null);
    } finally {
      this.inFlight -= 1;
      this.dispatchWaiting();
    }
  }

  /** @param ids each of them once @returns what is stored, by id */
  protected abstract find(ids: string[]): Promise<Map<string, StoredSession>>;
}
