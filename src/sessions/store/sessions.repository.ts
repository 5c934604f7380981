import type { ClientSession, ObjectId } from 'mongodb';
import { AppError } from '../../errors/app.error.js';
import type { RevocationReason } from '../../errors/error-codes.js';
import type { UserRecord } from '../../users/user.schema.js';
import { isAhead } from '../policy/session.policy.js';
import type { SessionContents, SessionDocument } from '../session.types.js';

/** What ends sessions has to know of each. */
export type Ended = Pick<SessionDocument, '_id' | 'publicId'>;

/** What the cap goes by. */
export type Ranked = Ended & Pick<SessionDocument, 'createdAt'>;

/** The deadlines that a use moves. */
export type Use = Pick<SessionDocument, 'lastSeenAt' | 'idleExpiresAt' | 'expires'>;

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
  /** The only insert: an id that exists already is an error, never an update. */
  abstract insert(session: SessionDocument, transaction?: ClientSession): Promise<void>;

  /** Changes the contents of a live session; a revoked one stays as it is. */
  abstract update(id: string, session: SessionContents): Promise<void>;

  /** Writes down that the session is in use. Racing writes and a clock that jumps back never shorten it. */
  abstract touch(id: string, use: Use): Promise<void>;

  /** Live sessions of a user, the newest sign-in first. */
  abstract listLive(user: UserRecord, transaction?: ClientSession): Promise<SessionDocument[]>;

  /**
   * Ends one session: what is left is a tombstone that says why.
   * @returns the session as it was, or null when there was none to end, or is none yet in this transaction
   */
  abstract revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null>;

  /**
   * Ends a session that goes on under another id. What has ended while its request was under way must not.
   * @throws {AppError} session_revoked, session_invalid
   */
  abstract replace(id: string, transaction?: ClientSession): Promise<void>;

  /** Ends one session of this user; another user's id finds nothing. */
  abstract revokeOwn(userId: ObjectId, publicId: string, reason: RevocationReason): Promise<SessionDocument | null>;

  /** Ends all live sessions of a user but one. @returns the public ids of those that were ended */
  async revokeAll(
    user: UserRecord,
    reason: RevocationReason,
    { except, transaction }: { except?: string; transaction?: ClientSession } = {},
  ): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const live = await this.listLive(user, transaction);
      const others = live.filter(({ _id }) => _id !== except);
      const ended = await this.revokeThese(others, reason, transaction);
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
  async revokeBeyond(user: UserRecord, cap: number, reason: RevocationReason): Promise<string[]> {
    const live = await this.rank(user);
    const now = Date.now();
    // They are older than all others, whatever they say; the newest first among themselves.
    const ahead = live.filter(({ createdAt }) => isAhead(createdAt, now));
    const inOrder = [...live.filter((session) => !ahead.includes(session)), ...ahead];
    return this.revokeThese(inOrder.slice(cap), reason);
  }

  /** Ends all sessions of an account that is no more. */
  abstract endAllOf(userId: ObjectId, transaction?: ClientSession): Promise<void>;

  /** Takes the id of an account that is no more off what is left of its sessions. */
  abstract forgetEnded(userId: ObjectId): Promise<void>;

  /** How many sessions are live, of all users. */
  abstract countLive(): Promise<number>;

  /**
   * Tells of every session that is revoked, on whichever process, for as long as it is `needed`, which is asked twice a
   * second. @throws when it breaks off @returns false where the store cannot tell
   */
  abstract followRevocations(needed: () => boolean, listener: RevocationListener): Promise<boolean>;

  /** @returns the public ids of those that were ended */
  protected async revokeThese(
    sessions: Ended[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<string[]> {
    if (sessions.length === 0) return [];
    const ended = await this.endAll(sessions, reason, transaction);
    return ended.map(({ publicId }) => publicId);
  }

  /** @param reason why the session that was to be replaced is over; absent when nothing is left of it */
  protected ended(reason: RevocationReason | null | undefined): AppError {
    return reason ? new AppError('session_revoked', { reason }) : new AppError('session_invalid');
  }

  /** Of the live sessions of a user, at every sign-in: the newest first, and no more of each than the cap goes by. */
  protected abstract rank(user: UserRecord): Promise<Ranked[]>;

  /** @param sessions at least one @returns those that were ended, or will be as far as is known yet */
  protected abstract endAll(sessions: Ended[], reason: RevocationReason, transaction?: ClientSession): Promise<Ended[]>;
}
