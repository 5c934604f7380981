import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { Database } from '../database/database.js';
import type { SessionDocument, SessionUser, StoredSession, Tombstone } from './session.types.js';

/** A read that waits for the one before it goes out anyway after this long, so that a slow one delays no other. */
const MAX_WAIT_MS = 50;

/**
 * Reads a session and its user in one round trip. With nothing under way a read goes out at once; reads that arrive
 * while one is under way go out together as the next. Each read begins after its request arrived, so a revocation is
 * seen by the very next request.
 */
@Injectable()
export class SessionReader {
  private underWay = 0;
  private waiting: (() => void)[] = [];

  private readonly loader = new DataLoader<string, StoredSession | null>((ids) => this.readAll(ids), {
    cache: false,
    maxBatchSize: 500,
    batchScheduleFn: (dispatch) => this.schedule(dispatch),
  });

  constructor(private readonly database: Database) {}

  /** @param id the stored id, that is the hash of the secret one */
  read(id: string): Promise<StoredSession | null> {
    return this.loader.load(id);
  }

  private schedule(dispatch: () => void): void {
    if (this.underWay === 0) {
      queueMicrotask(dispatch);
      return;
    }
    if (this.waiting.length === 0) setTimeout(() => this.dispatchWaiting(), MAX_WAIT_MS);
    this.waiting.push(dispatch);
  }

  private dispatchWaiting(): void {
    for (const dispatch of this.waiting.splice(0)) dispatch();
  }

  private async readAll(ids: readonly string[]): Promise<(StoredSession | null)[]> {
    this.underWay += 1;
    try {
      const found = await this.database
        .collection<SessionDocument | Tombstone>('sessions')
        .aggregate<Joined>([{ $match: { _id: idFilter(ids) } }, JOIN_USER])
        .toArray();
      const byId = new Map(found.map((session) => [session._id, { ...session, user: session.user[0] }]));
      return ids.map((id) => byId.get(id) ?? null);
    } finally {
      this.underWay -= 1;
      this.dispatchWaiting();
    }
  }
}

type Joined = (SessionDocument | Tombstone) & { user: SessionUser[] };

const idFilter = (ids: readonly string[]) => (ids.length === 1 ? ids[0]! : { $in: [...new Set(ids)] });

const JOIN_USER = {
  $lookup: {
    from: 'users',
    localField: 'userId',
    foreignField: '_id',
    pipeline: [{ $project: { username: 1, email: 1, roles: 1, credentialVersion: 1, disabledAt: 1, createdAt: 1 } }],
    as: 'user',
  },
};
