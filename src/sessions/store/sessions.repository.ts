import type { ClientSession, ObjectId } from 'mongodb';
import { AppError } from '../../errors/app.error.js';
import type { RevocationReason } from '../../errors/error-codes.js';
import type { UserRecord } from '../../users/user.schema.js';
import { applyTimeouts, isInFuture, type Deadlines, type SessionTimeouts } from '../policy/session.policy.js';
import type { SessionContents, SessionDocument } from '../session.types.js';

/** What ends sessions has to know of each. */
export type SessionRef = Pick<SessionDocument, '_id' | 'publicId'>;

/** What the cap goes by. */
export type SessionAge = SessionRef & Deadlines;

/** The deadlines that a use moves. */
export type TouchFields = Pick<SessionDocument, 'lastSeenAt' | 'idleExpiresAt' | 'expires'>;

export interface RevocationListener {
  /** From now on no revocation is missed. */
  opened(): Promise<void>;
  /** @param id the stored id */
  revoked(id: string): Promise<void>;
}

/**
 * Every write of sessions, and their lists. Only its implementations, the readers and the stores know how sessions are
 * stored; SESSION_STORE says which. Whichever it is: what was revoked stays so, as a tombstone that says why.
 *
 * `transaction` is MongoDB's. Sessions in Redis are written right before its commit: if that fails, they may have ended
 * for nothing, but none is live that should not be, since a session is judged by its user.
 */
export abstract class SessionsRepository {
  /** @param timeouts as configured, which may be shorter than those that sessions were stored with */
  constructor(private readonly timeouts: SessionTimeouts) {}

  /** The only insert: an id that exists already is an error, never an update. */
  abstract insert(session: SessionDocument, transaction?: ClientSession): Promise<void>;

  /** Changes the contents of a live session; a revoked one stays as it is. */
  abstract update(id: string, session: SessionContents): Promise<void>;

  /** Writes down that the session is in use. Racing writes and a clock that jumps back never shorten it. */
  abstract touch(id: string, use: TouchFields): Promise<void>;

  /** Live sessions of a user, the newest sign-in first. */
  abstract listActive(user: UserRecord, transaction?: ClientSession): Promise<SessionDocument[]>;

  /**
   * Ends one session, or the one that goes on in its place. What is left is a tombstone that says why.
   * @returns the session that was live, or null when there was none, or when the write waits for the commit
   */
  abstract revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null>;

  /**
   * Stores `next`, which goes on in place of `previous`, and ends `previous` as `replaced`. A session that has ended
   * while its request was in flight is not replaced, and nothing is stored.
   * @throws {AppError} session_revoked, session_invalid
   */
  abstract replace(previous: SessionDocument, next: SessionDocument, transaction?: ClientSession): Promise<void>;

  /**
   * Ends one session of this user, or the one that goes on in its place. Another user's id finds nothing.
   * @returns the session that was live, or null
   */
  abstract revokeByPublicId(
    userId: ObjectId,
    publicId: string,
    reason: RevocationReason,
  ): Promise<SessionDocument | null>;

  /** Ends all live sessions of a user but one. @returns the public ids of those that were ended */
  async revokeAll(
    user: UserRecord,
    reason: RevocationReason,
    { except, transaction }: { except?: string; transaction?: ClientSession } = {},
  ): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const live = await this.listActive(user, transaction);
      const others = live.filter(({ _id }) => _id !== except);
      const ended = await this.revokeMany(others, reason, transaction);
      all.push(...ended);
      // One that somebody else has ended under this goes on, perhaps, under an id that is not in the list.
      if (ended.length === others.length) return all;
    }
  }

  /**
   * Ends the oldest sign-ins of a user beyond `cap`. Whatever order racing sign-ins get here in, the newest `cap` of
   * all stay: each sees at least every session that was stored before its own.
   * @returns the public ids of those that were ended
   */
  async evictOldest(user: UserRecord, cap: number, reason: RevocationReason): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const beyond = newestFirst(await this.listByAge(user)).slice(cap);
      const ended = await this.revokeMany(beyond, reason);
      all.push(...ended);
      // A session that was replaced at the same moment goes on under an id that is not in the list.
      if (ended.length === beyond.length) return all;
    }
  }

  /** Ends all sessions of an account that is no more. */
  abstract revokeAllOfDeletedUser(userId: ObjectId, transaction?: ClientSession): Promise<void>;

  /** Takes the id of an account that is no more off what is left of its sessions. */
  abstract anonymizeTombstones(userId: ObjectId): Promise<void>;

  /** How many sessions are live, of all users. */
  abstract countActive(): Promise<number>;

  /**
   * Tells of every session that is revoked, on whichever process, for as long as it is `needed`, which is asked twice a
   * second. @throws when it breaks off @returns false where the store cannot tell
   */
  abstract followRevocations(needed: () => boolean, listener: RevocationListener): Promise<boolean>;

  /** Those that are live under the configured timeouts, with the deadlines that follow from these. */
  protected within<S extends Deadlines>(sessions: S[]): S[] {
    const now = Date.now();
    return sessions.filter((session) => applyTimeouts(session, this.timeouts).idleExpiresAt.getTime() > now);
  }

  /**
   * Ends the session under `id`, or follows the tombstones from it to the session that is live now.
   * @param endOne returns null where the id holds no live session
   */
  protected async revokeLine(
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

  /** @returns the public ids of those that were ended */
  protected async revokeMany(
    sessions: SessionRef[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<string[]> {
    if (sessions.length === 0) return [];
    const ended = await this.writeTombstones(sessions, reason, transaction);
    return ended.map(({ publicId }) => publicId);
  }

  /** @param reason why the session that was to be replaced is over; absent when nothing is left of it */
  protected endedError(reason: RevocationReason | null | undefined): AppError {
    return reason ? new AppError('session_revoked', { reason }) : new AppError('session_invalid');
  }

  /** Of the live sessions of a user, at every sign-in: the newest first, and no more of each than the cap goes by. */
  protected abstract listByAge(user: UserRecord): Promise<SessionAge[]>;

  /** @param sessions at least one @returns those that were ended, or will be as far as is known yet */
  protected abstract writeTombstones(
    sessions: SessionRef[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<SessionRef[]>;
}

/** Sessions from the future come last: the clock was set back since, so they are older than all others. */
function newestFirst(live: SessionAge[]): SessionAge[] {
  const now = Date.now();
  const ahead = live.filter(({ createdAt }) => isInFuture(createdAt, now));
  return [...live.filter((session) => !ahead.includes(session)), ...ahead];
}
