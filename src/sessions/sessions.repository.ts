import { Injectable } from '@nestjs/common';
import type {
  ChangeStream,
  ChangeStreamUpdateDocument,
  ClientSession,
  Collection,
  Filter,
  ObjectId,
  UpdateFilter,
} from 'mongodb';
import { Database } from '../database/database.js';
import type { RevocationReason } from '../errors/error-codes.js';
import { credentialVersionOf, REMAINS_MS } from './session.policy.js';
import type { SessionContents, SessionDocument, SessionUser } from './session.types.js';

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
    await this.sessions.updateOne({ _id: id, ...NOT_REVOKED }, { $set: { session } });
  }

  /** Writes down that the session is in use. Racing writes and a clock that jumps back never shorten it. */
  async touch(
    id: string,
    { lastSeenAt, idleExpiresAt, expires }: Pick<SessionDocument, 'lastSeenAt' | 'idleExpiresAt' | 'expires'>,
  ): Promise<void> {
    const later = { $max: { lastSeenAt, idleExpiresAt, expires } };
    await this.sessions.updateOne({ _id: id, ...NOT_REVOKED }, later, { writeConcern: { w: 1 } });
  }

  /** Live sessions of a user, the newest sign-in first. */
  listLive(user: SessionUser, transaction?: ClientSession): Promise<SessionDocument[]> {
    return this.sessions.find(liveOf(user), { session: transaction }).sort(NEWEST_FIRST).toArray();
  }

  /**
   * Ends one session: what is left is a tombstone that says why.
   * @returns the session as it was, or null when there was none to end
   */
  revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null> {
    return this.revokeOne({ _id: id }, reason, transaction);
  }

  /** Ends one session of this user; another user's id finds nothing. */
  revokeOwn(userId: ObjectId, publicId: string, reason: RevocationReason): Promise<SessionDocument | null> {
    return this.revokeOne({ publicId, userId }, reason);
  }

  /** Ends all live sessions of a user but one. @returns the public ids of those that were ended */
  async revokeAll(
    user: SessionUser,
    reason: RevocationReason,
    { except, transaction }: { except?: string; transaction?: ClientSession } = {},
  ): Promise<string[]> {
    const live = await this.listLive(user, transaction);
    const others = live.filter(({ _id }) => _id !== except);
    return this.revokeThese(others, reason, transaction);
  }

  /**
   * Ends the oldest sign-ins of a user beyond `cap`. Whatever order racing sign-ins get here in, the newest `cap` of
   * all stay: each sees at least every session that was stored before its own.
   * @returns the public ids of those that were ended
   */
  async revokeBeyond(user: SessionUser, cap: number, reason: RevocationReason): Promise<string[]> {
    const oldest = await this.sessions.find(liveOf(user)).sort(NEWEST_FIRST).skip(cap).toArray();
    return this.revokeThese(oldest, reason);
  }

  /** Ends all sessions of an account that is no more, and takes its id off what is left of them. */
  async forgetUser(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    const options = { session: transaction };
    await this.sessions.updateMany({ userId, ...NOT_REVOKED }, tombstone('account_deleted'), options);
    await this.sessions.updateMany({ userId }, { $unset: { userId: 1 } }, options);
  }

  /** How many sessions are live, of all users. A live one is kept for longer than what is left of a revoked one. */
  countLive(): Promise<number> {
    return this.sessions.countDocuments({ expires: { $gt: new Date(Date.now() + REMAINS_MS) } }, { maxTimeMS: 1_000 });
  }

  /** Tells of every session that is revoked from now on, on whichever process: `documentKey._id` is the stored id. */
  watchRevocations(): ChangeStream<Stored, ChangeStreamUpdateDocument<Stored>> {
    return this.sessions.watch(
      [
        { $match: { operationType: 'update', 'updateDescription.updatedFields.revokedAt': { $exists: true } } },
        { $project: { documentKey: 1 } },
      ],
      { maxAwaitTimeMS: 500 },
    );
  }

  private revokeOne(
    filter: Filter<Stored>,
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<SessionDocument | null> {
    return this.sessions.findOneAndUpdate({ ...filter, ...NOT_REVOKED }, tombstone(reason), {
      returnDocument: 'before',
      session: transaction,
    });
  }

  private async revokeThese(
    sessions: SessionDocument[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<string[]> {
    if (sessions.length === 0) return [];
    const ids = sessions.map(({ _id }) => _id);
    await this.sessions.updateMany({ _id: { $in: ids }, ...NOT_REVOKED }, tombstone(reason), { session: transaction });
    return sessions.map(({ publicId }) => publicId);
  }
}

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;
const NOT_REVOKED = { revokedAt: { $exists: false } };

function liveOf(user: SessionUser): Filter<Stored> {
  const credentialVersion = credentialVersionOf(user);
  return { userId: user._id, credentialVersion, idleExpiresAt: { $gt: new Date() }, ...NOT_REVOKED };
}

function tombstone(reason: RevocationReason): UpdateFilter<Stored> {
  const now = Date.now();
  return {
    $set: { revokedAt: new Date(now), reason, expires: new Date(now + REMAINS_MS) },
    $unset: {
      session: 1,
      credentialVersion: 1,
      remember: 1,
      createdAt: 1,
      authenticatedAt: 1,
      lastSeenAt: 1,
      idleExpiresAt: 1,
      absoluteExpiresAt: 1,
      ip: 1,
      userAgent: 1,
      amr: 1,
    },
  };
}
