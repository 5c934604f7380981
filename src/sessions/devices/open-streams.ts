/** The maximum number of event streams that are open on this process, per session, account and IP address. */
const LIMITS = { session: 10, account: 50, ip: 100 } as const;

export type StreamOwner = Record<keyof typeof LIMITS, string>;

/** Counts the open event streams of this process, so that one client cannot occupy all connections. */
export class OpenStreams {
  private readonly counts = new Map<string, number>();

  /** Whether the owner may open another stream. */
  hasRoom(owner: StreamOwner): boolean {
    return keysOf(owner).every(([key, limit]) => (this.counts.get(key) ?? 0) < limit);
  }

  /** @returns a function that stops counting this stream; call it once */
  add(owner: StreamOwner): () => void {
    const keys = keysOf(owner).map(([key]) => key);
    for (const key of keys) this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    return () => keys.forEach((key) => this.remove(key));
  }

  private remove(key: string): void {
    const left = this.counts.get(key)! - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }
}

function keysOf(owner: StreamOwner): [key: string, limit: number][] {
  return (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).map((kind) => [`${kind}:${owner[kind]}`, LIMITS[kind]]);
}
