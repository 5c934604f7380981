import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import {
  deadlines,
  isInFuture,
  evaluateSession,
  TOMBSTONE_TTL_MS,
  hasRecentSignIn,
  isTouchDue,
} from './session.policy.js';
import type { ActiveSession } from '../session.types.js';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const LIFETIMES = { idleMs: 10 * MINUTE, absoluteMs: 60 * MINUTE };

/** Made at NOW, idle after ten minutes, over after an hour. */
function session(changes: Partial<ActiveSession> = {}): ActiveSession {
  const userId = new ObjectId();
  return {
    _id: 'hash',
    publicId: 'public',
    userId,
    credentialVersion: 0,
    remember: true,
    createdAt: new Date(NOW),
    authenticatedAt: new Date(NOW),
    ...deadlines(NOW, NOW + LIFETIMES.absoluteMs, LIFETIMES),
    absoluteExpiresAt: new Date(NOW + LIFETIMES.absoluteMs),
    ip: '127.0.0.1',
    userAgent: '',
    amr: ['pwd'],
    session: {},
    user: { _id: userId, username: 'ada', roles: [], createdAt: new Date(NOW), updatedAt: new Date(NOW) },
    ...changes,
  };
}

describe('evaluateSession', () => {
  it('keeps a session active until its idle deadline, not a millisecond longer', () => {
    const stored = session();
    expect(evaluateSession(stored, NOW + 10 * MINUTE - 1)).toEqual({ active: stored });
    expect(evaluateSession(stored, NOW + 10 * MINUTE)).toEqual({ rejected: { code: 'session_idle_timeout' } });
  });

  it('ends a session in use at its absolute deadline', () => {
    const used = session({ idleExpiresAt: new Date(NOW + 99 * MINUTE) });
    expect(evaluateSession(used, NOW + 60 * MINUTE - 1)).toEqual({ active: used });
    expect(evaluateSession(used, NOW + 60 * MINUTE)).toEqual({ rejected: { code: 'session_lifetime_exceeded' } });
  });

  it('returns the reason of a revoked session first', () => {
    const revoked = {
      _id: 'hash',
      publicId: 'p',
      revokedAt: new Date(NOW),
      reason: 'evicted',
      expires: new Date(NOW),
    } as const;
    expect(evaluateSession(revoked, NOW + 99 * MINUTE)).toEqual({
      rejected: { code: 'session_revoked', reason: 'evicted' },
    });
  });

  it('rejects the sessions of an account that is deleted or disabled', () => {
    const rejected = (reason: string) => ({ rejected: { code: 'session_revoked', reason } });
    expect(evaluateSession({ ...session(), user: undefined }, NOW)).toEqual(rejected('account_deleted'));
    const user = { ...session().user, disabledAt: new Date(NOW) };
    expect(evaluateSession(session({ user }), NOW)).toEqual(rejected('account_disabled'));
  });

  it('rejects a session from before a change of the password', () => {
    const user = { ...session().user, credentialVersion: 1 };
    const rejected = { code: 'session_revoked', reason: 'password_changed' };
    expect(evaluateSession(session({ user }), NOW)).toEqual({ rejected });
    expect(evaluateSession(session({ user, credentialVersion: 1 }), NOW)).toHaveProperty('active');
  });
});

describe('hasRecentSignIn', () => {
  it('is true until the window has passed, not a millisecond longer', () => {
    expect(hasRecentSignIn(session(), NOW + 5 * MINUTE, 5 * MINUTE)).toBe(true);
    expect(hasRecentSignIn(session(), NOW + 5 * MINUTE + 1, 5 * MINUTE)).toBe(false);
  });

  it('uses the last authentication, not the creation of the session', () => {
    const confirmed = session({ authenticatedAt: new Date(NOW + 20 * MINUTE) });
    expect(hasRecentSignIn(confirmed, NOW + 21 * MINUTE, 5 * MINUTE)).toBe(true);
  });

  it('is false for an authentication in the future: the clock was set back since', () => {
    const ahead = session({ authenticatedAt: new Date(NOW + MINUTE + 1) });
    expect(hasRecentSignIn(ahead, NOW, 5 * MINUTE)).toBe(false);
  });
});

describe('deadlines', () => {
  it('moves the idle deadline with use, never past the absolute one', () => {
    const absolute = NOW + 60 * MINUTE;
    expect(deadlines(NOW + MINUTE, absolute, LIFETIMES)).toEqual({
      lastSeenAt: new Date(NOW + MINUTE),
      idleExpiresAt: new Date(NOW + 11 * MINUTE),
      expires: new Date(NOW + 11 * MINUTE + TOMBSTONE_TTL_MS),
    });
    expect(deadlines(NOW + 55 * MINUTE, absolute, LIFETIMES).idleExpiresAt).toEqual(new Date(absolute));
  });
});

describe('isInFuture', () => {
  it('is true for times in the future by more than clocks differ', () => {
    expect(isInFuture(new Date(NOW + MINUTE), NOW)).toBe(false);
    expect(isInFuture(new Date(NOW + MINUTE + 1), NOW)).toBe(true);
  });
});

describe('isTouchDue', () => {
  it('is true once per interval', () => {
    expect(isTouchDue(session(), NOW + MINUTE - 1, MINUTE, LIFETIMES)).toBe(false);
    expect(isTouchDue(session(), NOW + MINUTE, MINUTE, LIFETIMES)).toBe(true);
  });

  it('is true in time if the interval is longer than the idle timeout', () => {
    expect(isTouchDue(session(), NOW + 5 * MINUTE, 60 * MINUTE, LIFETIMES)).toBe(true);
    expect(isTouchDue(session(), NOW + 5 * MINUTE - 1, 60 * MINUTE, LIFETIMES)).toBe(false);
  });
});
