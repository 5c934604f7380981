import { Injectable } from '@nestjs/common';
import { ObjectId, type ClientSession, type Collection, type Filter, type UpdateFilter } from 'mongodb';
import { Database } from '../database/database.js';
import type { RevocationReason } from '../errors/error-codes.js';
import { REMAINS_MS } from './session.policy.js';
import type { SessionContents, SessionDocument } from './session.types.js';

type Stored = SessionDocument & { revokedAt?: Date; reason?: RevocationReason };

/** Every write to the `sessions` collection. With the reader and the store the only code that knows its documents. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  private get sessions(): Collection<Stored> {
    return this.database.collection<Stored>('sessions');
  }

  /** The only insert: an id that exists already is an error, never an update. */
  async insert(session: SessionDocument, transaction?: ClientSession): Promise<void> {
    await this.sessions.insertOne(session, { session: transaction });
  }

  /** Changes the contents of a live session; a revoked one stays as it is. */
  async update(id: string, session: SessionContents): Promise<void> {
    await this.sessions.updateOne({ _id: id, ...LIVE }, { $set: { session } });
  }

  /** Writes down that the session is in use. Racing writes and a clock that jumps back never shorten it. */
  async touch(
    id: string,
    { lastSeenAt, idleExpiresAt, expires }: Pick<SessionDocument, 'lastSeenAt' | 'idleExpiresAt' | 'expires'>,
  ): Promise<void> {
    const later = { $max: { lastSeenAt, idleExpiresAt, expires } };
    await this.sessions.updateOne({ _id: id, ...LIVE }, later, { writeConcern: { w: 1 } });
  }

  /** Live sessions of a user, the one used last first. */
  listLive(userId: string, now: number): Promise<SessionDocument[]> {
    const filter = { userId: new ObjectId(userId), idleExpiresAt: { $gt: new Date(now) }, ...LIVE };
    return this.sessions.find(filter).sort({ lastSeenAt: -1, _id: 1 }).toArray();
  }

  /**
   * Ends one session: what is left is a tombstone that says why.
   * @returns the session as it was, or null when there was none to end
   */
  revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null> {
    return this.sessions.findOneAndUpdate({ _id: id, ...LIVE }, tombstone(reason), {
      returnDocument: 'before',
      session: transaction,
    });
  }

  /** Ends all live sessions that match. @returns how many */
  async revokeMany(filter: Filter<Stored>, reason: RevocationReason, transaction?: ClientSession): Promise<number> {
    const live = { ...filter, ...LIVE };
    const { modifiedCount } = await this.sessions.updateMany(live, tombstone(reason), { session: transaction });
    return modifiedCount;
  }
}

const LIVE = { revokedAt: { $exists: false } };

function tombstone(reason: RevocationReason): UpdateFilter<Stored> {
  const now = Date.now();
  return {
    $set: { revokedAt: new Date(now), reason, expires: new Date(now + REMAINS_MS) },
    $unset: { session: 1, ip: 1, userAgent: 1, amr: 1, authenticatedAt: 1, lastSeenAt: 1, idleExpiresAt: 1 },
  };
}
