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

/** What express-session reads and writes, less the cookie. */
export type SessionContents = Pick<SessionData, 'passport'>;

export type Aal = 1 | 2;

/** What makes a session live or dead, and who holds it. Contents are erased when it is revoked. */
export interface SessionDocument {
  /** SHA-256 of the secret id: a stolen database holds nothing that can be sent as a cookie. */
  _id: string;
  /** The id that lists and addresses show. Not derived from the secret one. */
  publicId: string;
  userId: ObjectId;
  /** The user's when the password was checked: a sign-in with the old password that ends after its change is void. */
  credentialVersion: number;
  /** false for `rememberMe: false`: the shorter lifetimes, and a cookie that ends with the browser. */
  remember: boolean;
  createdAt: Date;
  authenticatedAt: Date;
  lastSeenAt: Date;
  idleExpiresAt: Date;
  absoluteExpiresAt: Date;
  /** When the TTL index removes the document: a while after its end, so that a refusal can still say why. */
  expires: Date;
  ip: string;
  userAgent: string;
  /** Authentication methods, RFC 8176. */
  amr: string[];
  /** Authenticator assurance level: 2 after a second factor or a passkey. Absent in older sessions: counts as 1. */
  aal?: Aal;
  /** Only a provider has vouched for the user since `authenticatedAt`. */
  byProvider?: boolean;
  /** What express-session keeps. */
  session: SessionContents;
}

/** What is left of a revoked session. */
export interface Tombstone {
  _id: string;
  publicId: string;
  userId?: ObjectId;
  revokedAt: Date;
  reason: RevocationReason;
  /** The stored id of the session that re-authentication or a password change has made of this one. */
  successor?: string;
  expires: Date;
}

/** Its user is joined to it by the read: fresh at every request. */
export type ActiveSession = SessionDocument & { user: UserRecord };

/** What AuthenticatedGuard lets through. */
export type SignedInRequest = Request & { auth: { session: ActiveSession } };

/** What one read finds under an id. */
export type StoredSession = (SessionDocument | Tombstone) & { user?: UserRecord };

export interface SessionError {
  code: Extract<ErrorCode, 'session_idle_timeout' | 'session_lifetime_exceeded' | 'session_revoked'>;
  reason?: RevocationReason;
}

/** What a new session is made of, beside the request's own address and user agent. */
export interface NewSession {
  user: UserRecord;
  /** The session that goes on under the new id; absent at a sign-in. */
  replaces?: SessionDocument;
  remember: boolean;
  amr: string[];
  /** 1 unless set. */
  aal?: Aal;
  /** Only a provider has vouched for the user, not a credential of this app. */
  byProvider?: boolean;
  /** Now unless set: when the user proved who they are at a provider. */
  authenticatedAt?: Date;
}
