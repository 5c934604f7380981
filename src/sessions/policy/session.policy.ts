import { credentialVersionOf } from '../../users/user.schema.js';
import type { ActiveSession, SessionError, SessionDocument, StoredSession } from '../session.types.js';

/** The idle and the absolute timeout of a session, in milliseconds. */
export interface Lifetimes {
  idleMs: number;
  absoluteMs: number;
}

/** `long` applies to remembered sessions, `short` to sessions with `rememberMe: false`. */
export interface SessionTimeouts {
  long: Lifetimes;
  short: Lifetimes;
}

/** How long a tombstone is kept to give the reason for the end of the session. */
export const TOMBSTONE_TTL_MS = 24 * 3_600_000;

/** The largest expected difference between the clocks of two processes. */
const CLOCK_SKEW_MS = 60_000;

export type SessionCheck = { active: ActiveSession } | { rejected: SessionError };

export type Deadlines = Pick<
  SessionDocument,
  'remember' | 'createdAt' | 'lastSeenAt' | 'idleExpiresAt' | 'absoluteExpiresAt'
>;

/**
 * Shortens, in place, the deadlines of a session that was stored under longer timeouts: a lowered timeout also applies to
 * open sessions, and the API shows the deadlines that are enforced. Stored deadlines are never extended.
 * @see https://github.com/Graylog2/graylog2-server/issues/12312
 */
export function applyTimeouts<S extends Deadlines>(session: S, { long, short }: SessionTimeouts): S {
  const { idleMs, absoluteMs } = session.remember ? long : short;
  const absolute = session.createdAt.getTime() + absoluteMs;
  if (absolute < session.absoluteExpiresAt.getTime()) session.absoluteExpiresAt = new Date(absolute);
  const idle = Math.min(session.lastSeenAt.getTime() + idleMs, session.absoluteExpiresAt.getTime());
  if (idle < session.idleExpiresAt.getTime()) session.idleExpiresAt = new Date(idle);
  return session;
}

/** Decides whether a stored session is active, without a further query. */
export function evaluateSession(stored: StoredSession, now: number): SessionCheck {
  if ('revokedAt' in stored) return { rejected: { code: 'session_revoked', reason: stored.reason } };
  if (!stored.user) return { rejected: { code: 'session_revoked', reason: 'account_deleted' } };
  if (stored.user.disabledAt) return { rejected: { code: 'session_revoked', reason: 'account_disabled' } };
  if (stored.credentialVersion !== credentialVersionOf(stored.user)) {
    return { rejected: { code: 'session_revoked', reason: stored.user.credentialChange ?? 'password_changed' } };
  }
  if (now >= stored.absoluteExpiresAt.getTime()) return { rejected: { code: 'session_lifetime_exceeded' } };
  if (now >= stored.idleExpiresAt.getTime()) return { rejected: { code: 'session_idle_timeout' } };
  return { active: stored as ActiveSession };
}

/** Whether the user was authenticated within `windowMs` before `now`. */
export function hasRecentSignIn({ authenticatedAt }: SessionDocument, now: number, windowMs: number): boolean {
  return now - authenticatedAt.getTime() <= windowMs && !isInFuture(authenticatedAt, now);
}

/** Whether a stored time is clearly in the future, because the clock was set back after it was stored. */
export function isInFuture(time: Date, now: number): boolean {
  return time.getTime() > now + CLOCK_SKEW_MS;
}

/** The deadlines of a session that is used at `now`; the idle deadline is never later than the absolute one. */
export function deadlines(
  now: number,
  absoluteExpiresAt: number,
  { idleMs }: Lifetimes,
): Pick<SessionDocument, 'lastSeenAt' | 'idleExpiresAt' | 'expires'> {
  const idle = Math.min(now + idleMs, absoluteExpiresAt);
  return { lastSeenAt: new Date(now), idleExpiresAt: new Date(idle), expires: new Date(idle + TOMBSTONE_TTL_MS) };
}

/**
 * Whether to store this use: once per interval. The interval is at most half the idle timeout, so that a session in use
 * never reaches the timeout.
 */
export function isTouchDue(session: SessionDocument, now: number, intervalMs: number, { idleMs }: Lifetimes): boolean {
  return now - session.lastSeenAt.getTime() >= Math.min(intervalMs, idleMs / 2);
}
