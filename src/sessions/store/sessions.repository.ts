import type { ClientSession, ObjectId } from 'mongodb';
import { AppError } from '../../errors/app.error.js';
import type { RevocationReason } from '../../errors/error-codes.js';
import type { UserRecord } from '../../users/user.schema.js';
import { applyTimeouts, isInFuture, type Deadlines, type SessionTimeouts } from '../policy/session.policy.js';
import type { SessionContents, SessionDocument } from '../session.types.js';

/** Identifies a session to revoke. */
export type SessionRef = Pick<SessionDocument, '_id' | 'publicId'>;

/** The fields that the session limit needs. */
export type SessionAge = SessionRef & Deadlines;

/** The fields that the use of a session changes. */
export type TouchFields = Pick<SessionDocument, 'lastSeenAt' | 'idleExpiresAt' | 'expires'>;

export interface RevocationListener {
  /** Called when the subscription is open: from now on no revocation is missed. */
  opened(): Promise<void>;
  /** @param id the stored id */
  revoked(id: string): void;
}

/**
 * All writes and lists of sessions. Only the implementations, the readers and the stores know how sessions are stored;
 * SESSION_STORE selects them. In both stores a revoked session stays revoked, as a tombstone with the reason.
 *
 * `transaction` is a MongoDB transaction. Sessions in Redis are written right before its commit. If the commit fails, some
 * sessions may be revoked needlessly, but no session is active wrongly, because every read also checks the user.
 */
export abstract class SessionsRepository {
  /** @param timeouts as configured; stored sessions may have longer ones */
  constructor(private readonly timeouts: SessionTimeouts) {}

  /** Inserts a session. An id that exists already is an error, never an update. */
  abstract insert(session: SessionDocument, transaction?: ClientSession): Promise<void>;

  /** Changes the contents of an active session; a revoked one stays unchanged. */
  abstract update(id: string, session: SessionContents): Promise<void>;

  /** Stores the use of a session. Concurrent writes and a clock that jumps back never shorten its deadlines. */
  abstract touch(id: string, use: TouchFields): Promise<void>;

  /** Active sessions of a user, the newest sign-in first. */
  abstract listActive(user: UserRecord, transaction?: ClientSession): Promise<SessionDocument[]>;

  /**
   * Revokes a session or its successor and leaves a tombstone with the reason.
   * @returns the revoked session, or null if none was active or the write waits for the commit
   */
  abstract revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null>;

  /**
   * Stores `next` as the successor of `previous` and revokes `previous` as `replaced`. Stores nothing if `previous` has
   * already ended.
   * @throws {AppError} session_revoked, session_invalid
   */
  abstract replace(previous: SessionDocument, next: SessionDocument, transaction?: ClientSession): Promise<void>;

  /**
   * Revokes a session of this user, or its successor. The id of another user's session finds nothing.
   * @returns the revoked session, or null
   */
  abstract revokeByPublicId(
    userId: ObjectId,
    publicId: string,
    reason: RevocationReason,
  ): Promise<SessionDocument | null>;

  /** Revokes all active sessions of a user except one. @returns the public ids of the revoked sessions */
  async revokeAll(
    user: UserRecord,
    reason: RevocationReason,
    { except, transaction }: { except?: string; transaction?: ClientSession } = {},
  ): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const active = await this.listActive(user, transaction);
      const others = active.filter(({ _id }) => _id !== except);
      const ended = await this.revokeMany(others, reason, transaction);
      all.push(...ended);
      // A session that another request has revoked meanwhile may have a successor that is not in the list.
      if (ended.length === others.length) return all;
    }
  }

  /**
   * Revokes the oldest sessions of a user beyond `limit`. The newest `limit` sessions stay, even if sign-ins are concurrent:
   * each sign-in sees at least the sessions that were stored before its own.
   * @returns the public ids of the revoked sessions
   */
  async evictOldest(user: UserRecord, limit: number, reason: RevocationReason): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const beyond = newestFirst(await this.listByAge(user)).slice(limit);
      const ended = await this.revokeMany(beyond, reason);
      all.push(...ended);
      // A session that was replaced at the same moment has a successor that is not in the list.
      if (ended.length === beyond.length) return all;
    }
  }

  /** Revokes all sessions of a deleted account. */
  abstract revokeAllOfDeletedUser(userId: ObjectId, transaction?: ClientSession): Promise<void>;

  /** Removes the id of a deleted account from its tombstones. */
  abstract anonymizeTombstones(userId: ObjectId): Promise<void>;

  /** The number of active sessions of all users. */
  abstract countActive(): Promise<number>;

  /**
   * Reports each session that any process revokes, while `needed` returns true. Calls `needed` about twice a second.
   * @throws when the subscription is interrupted @returns false if the store has no notifications
   */
  abstract followRevocations(needed: () => boolean, listener: RevocationListener): Promise<boolean>;

  /** Applies the configured timeouts to the sessions. @returns those that are active */
  protected withTimeouts<S extends Deadlines>(sessions: S[]): S[] {
    const now = Date.now();
    return sessions.filter((session) => applyTimeouts(session, this.timeouts).idleExpiresAt.getTime() > now);
  }

  /**
   * Revokes the session with this id, or its active successor, found by following the tombstones.
   * @param endOne returns null if the id has no active session
   */
  protected async revokeOrSuccessor(
    id: string,
    endOne: (id: string) => Promise<SessionDocument | null>,
    successorOf: (id: string) => Promise<string | null | undefined>,
  ): Promise<SessionDocument | null> {
    for (let next: string | null | undefined = id; next; next = await successorOf(next)) {
      const ended = await endOne(next);
      if (ended) return ended;
    }
    return null;
  }

  /** @returns the public ids of the revoked sessions */
  protected async revokeMany(
    sessions: SessionRef[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<string[]> {
    if (sessions.length === 0) return [];
    const ended = await this.writeTombstones(sessions, reason, transaction);
    return ended.map(({ publicId }) => publicId);
  }

  /** @param reason why the session to replace has ended; absent if nothing is stored any more */
  protected endedError(reason: RevocationReason | null | undefined): AppError {
    return reason ? new AppError('session_revoked', { reason }) : new AppError('session_invalid');
  }

  /** The active sessions of a user, the newest first, with the fields that the session limit needs. Runs at every sign-in. */
  protected abstract listByAge(user: UserRecord): Promise<SessionAge[]>;

  /** @param sessions at least one @returns the revoked sessions, or all of them if the write waits for the commit */
  protected abstract writeTombstones(
    sessions: SessionRef[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<SessionRef[]>;
}

/** Sessions with a time in the future come last: they were stored before the clock was set back, so they are the oldest. */
function newestFirst(sessions: SessionAge[]): SessionAge[] {
  const now = Date.now();
  const ahead = sessions.filter(({ createdAt }) => isInFuture(createdAt, now));
  return [...sessions.filter((session) => !ahead.includes(session)), ...ahead];
}
