import type { Request } from 'express';
import type { SessionData } from 'express-session';
import type { ObjectId } from 'mongodb';
import type { ErrorCode, RevocationReason } from '../errors/error-codes.js';
import type { UserRecord } from '../users/user.schema.js';

declare module 'express-session' {
  interface SessionData {
    /** Written by Passport: the id of the signed-in user. */
    passport?: { user: string };
  }
}

/** The session data of express-session, without the cookie. */
export type SessionContents = Pick<SessionData, 'passport'>;

export type Aal = 1 | 2;

/** A stored session. Revocation erases its contents. */
export interface SessionDocument {
  /** SHA-256 of the secret id: a stolen database contains nothing that works as a cookie. */
  _id: string;
  /** The id in lists and URLs. Not derived from the secret id. */
  publicId: string;
  userId: ObjectId;
  /** That of the user at the sign-in. Voids a sign-in with the old password that finishes after a password change. */
  credentialVersion: number;
  /** false for `rememberMe: false`: shorter timeouts, and a cookie without Max-Age. */
  remember: boolean;
  createdAt: Date;
  authenticatedAt: Date;
  lastSeenAt: Date;
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
  /** When the store removes the document: a day after the session ends, so that errors can give the reason. */
  expires: Date;
  ip: string;
  userAgent: string;
  /** Authentication methods, RFC 8176. */
  amr: string[];
  /** Authenticator assurance level: 2 after a second factor or a passkey. Absent in older sessions: counts as 1. */
  aal?: Aal;
  /** Only a provider has vouched for the user since `authenticatedAt`. */
  byProvider?: boolean;
  /** The data of express-session. */
  session: SessionContents;
}

/** What remains of a revoked session. */
export interface Tombstone {
  _id: string;
  publicId: string;
  userId?: ObjectId;
  revokedAt: Date;
  reason: RevocationReason;
  /** The stored id of the session that replaced this one at re-authentication or a password change. */
  successor?: string;
  expires: Date;
}

/** A session with the current record of its user, which every read joins. */
export type ActiveSession = SessionDocument & { user: UserRecord };

/** A request that has passed AuthenticatedGuard. */
export type SignedInRequest = Request & { auth: { session: ActiveSession } };

/** The result of a read by id. */
export type StoredSession = (SessionDocument | Tombstone) & { user?: UserRecord };

export interface SessionError {
  code: Extract<ErrorCode, 'session_idle_timeout' | 'session_lifetime_exceeded' | 'session_revoked'>;
  reason?: RevocationReason;
}

/** The data of a new session, besides the IP address and user agent of the request. */
export interface NewSession {
  user: UserRecord;
  /** The session that gets the new id; absent at a sign-in. */
  replaces?: SessionDocument;
  remember: boolean;
  amr: string[];
  /** 1 if absent. */
  aal?: Aal;
  /** Only a provider has vouched for the user, not a credential of this app. */
  byProvider?: boolean;
  /** When the user proved their identity at a provider; now if absent. */
  authenticatedAt?: Date;
}
