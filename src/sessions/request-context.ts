import type { NextFunction, Request, Response } from 'express';
import type { ClientSession } from 'mongodb';
import type { ActiveSession, NewSession, SessionError } from './session.types.js';

/**
 * What is known about the user of one request. Each field has one writer:
 *
 * | field          | written by                                                            | read by                        |
 * | -------------- | --------------------------------------------------------------------- | ------------------------------ |
 * | `session`      | SessionStoreDelegate, when it reads or inserts a session              | guards, controllers, services  |
 * | `sessionError` | SessionStoreDelegate, when it reads a session that has ended          | AuthenticatedGuard             |
 * | `newSession`   | a Passport strategy, or SignInService where a session gets a new id   | SessionStoreDelegate, at insert |
 * | `transaction`  | SessionTransactionService                                             | SessionStoreDelegate, services |
 *
 * Modules add fields of their own where they write them (`identities/oauth-state.cookie.ts`).
 */
export interface RequestContext {
  /** The active session, with its user. */
  session?: ActiveSession;
  /** Why the session that the cookie names may not be used. */
  sessionError?: SessionError;
  /** What Passport's `logIn` makes a session of. */
  newSession?: NewSession;
  /** The MongoDB transaction that a new session becomes part of. */
  transaction?: ClientSession;
}

declare global {
  namespace Express {
    interface Request {
      auth: RequestContext;
    }
  }
}

/** Gives each request its empty context. */
export function requestContext(request: Request, _response: Response, next: NextFunction): void {
  request.auth = {};
  next();
}
