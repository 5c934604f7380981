import type { NextFunction, Request, Response } from 'express';
import type { ClientSession } from 'mongodb';
import type { ActiveSession, NewSession, SessionError } from './session.types.js';

/**
 * The session of one request, and the session that a sign-in stores. Each field has one writer:
 *
 * | field          | written by                                                            | read by                        |
 * | -------------- | --------------------------------------------------------------------- | ------------------------------ |
 * | `session`      | SessionStoreDelegate, when it reads or inserts a session              | guards, controllers, services  |
 * | `sessionError` | SessionStoreDelegate, when it reads a session that has ended          | AuthenticatedGuard             |
 * | `newSession`   | a Passport strategy, or SignInService when a session gets a new id    | SessionStoreDelegate, at insert |
 * | `transaction`  | SessionTransactionService                                             | SessionStoreDelegate, services |
 *
 * Other modules declare further fields where they write them (`identities/oauth-state.cookie.ts`).
 */
export interface RequestContext {
  /** The active session, with its user. */
  session?: ActiveSession;
  /** Why the session of the cookie was rejected. */
  sessionError?: SessionError;
  /** The data of the session that Passport's `logIn` will store. */
  newSession?: NewSession;
  /** The MongoDB transaction that stores the new session. */
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
