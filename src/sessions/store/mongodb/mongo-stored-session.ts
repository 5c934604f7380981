import type { Filter, ObjectId, UpdateFilter } from 'mongodb';
import type { RevocationReason } from '../../../errors/error-codes.js';
import { credentialVersionOf, type UserRecord } from '../../../users/user.schema.js';
import { TOMBSTONE_TTL_MS } from '../../policy/session.policy.js';
import type { SessionDocument, Tombstone } from '../../session.types.js';

/** A session or a tombstone in MongoDB. `ending` identifies the sessions that one command has revoked. */
export type Stored = SessionDocument &
  Partial<Pick<Tombstone, 'revokedAt' | 'reason' | 'successor'>> & { ending?: ObjectId };

/** The fields that revocation erases. The compiler requires every field that sessions have and tombstones lack. */
const ERASED = {
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
  aal: 1,
  byProvider: 1,
} as const satisfies Record<Exclude<keyof SessionDocument, keyof Tombstone>, 1>;
export const NOT_REVOKED = { revokedAt: { $exists: false } };

/** The active sessions of a user, under the timeouts with which they were stored. */
export function activeSessionsOf(user: UserRecord): Filter<Stored> {
  const credentialVersion = credentialVersionOf(user);
  return { userId: user._id, credentialVersion, idleExpiresAt: { $gt: new Date() }, ...NOT_REVOKED };
}

/** The update that turns a session into a tombstone. */
export function tombstone(
  reason: RevocationReason,
  { successor, ending }: Pick<Stored, 'successor' | 'ending'> = {},
): UpdateFilter<Stored> {
  const now = Date.now();
  const noted = { ...(successor && { successor }), ...(ending && { ending }) };
  return {
    $set: { revokedAt: new Date(now), reason, expires: new Date(now + TOMBSTONE_TTL_MS), ...noted },
    $unset: ERASED,
  };
}
