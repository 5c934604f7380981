import DataLoader from 'dataloader';
import { applyTimeouts, type SessionTimeouts } from '../policy/session.policy.js';
import type { StoredSession } from '../session.types.js';

/** A waiting read is sent after this time in any case, so that a slow read does not delay others. */
const MAX_WAIT_MS = 50;

/**
 * Reads sessions together with their users. A read is sent at once if none is in flight; reads that arrive meanwhile are
 * sent together as the next command. Each read starts after its request arrived, so the next request after a revocation
 * sees it. dataloader builds the batches; only their schedule is our own.
 */
export abstract class SessionReader {
  /** @param timeouts as configured; stored sessions may have longer ones */
  constructor(private readonly timeouts: SessionTimeouts) {}

  private inFlight = 0;
  private waiting: (() => void)[] = [];
  private maxWaitTimer?: NodeJS.Timeout;

  private readonly loader = new DataLoader<string, StoredSession | null>((ids) => this.readBatch(ids), {
    cache: false,
    maxBatchSize: 500,
    batchScheduleFn: (dispatch) => this.schedule(dispatch),
  });

  /** @param id the stored id: the hash of the secret id */
  read(id: string): Promise<StoredSession | null> {
    return this.inFlight === 0 ? this.readAlone(id) : this.loader.load(id);
  }

  private async readAlone(id: string): Promise<StoredSession | null> {
    return (await this.readBatch([id]))[0]!;
  }

  private schedule(dispatch: () => void): void {
    if (this.waiting.length === 0) this.maxWaitTimer = setTimeout(() => this.dispatchWaiting(), MAX_WAIT_MS);
    this.waiting.push(dispatch);
  }

  private dispatchWaiting(): void {
    // Stops the timer of the reads that are sent now; later reads start a new one.
    clearTimeout(this.maxWaitTimer);
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

  /** @param ids without duplicates @returns the stored sessions and tombstones by id */
  protected abstract find(ids: string[]): Promise<Map<string, StoredSession>>;
}
