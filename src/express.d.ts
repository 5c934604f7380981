import type { ClientSession } from 'mongodb';
import type { RequestDeadline } from './http/request-deadline.middleware.js';
import type { AuthorizationRequest } from './identities/oauth-state.cookie.js';
import type { ActiveSession, SessionError, NewSession } from './sessions/session.types.js';

declare module 'express-session' {
  interface SessionData {
    /** What passport keeps: the id of the user who is signed in. */
    passport?: { user: string };
  }
}

declare global {
  namespace Express {
    /** `req.user` of a signed-in request. */
    interface User {
      userId: string;
      userName: string;
    }
    interface Request {
      /** Sent back as X-Request-Id and written to every log line about this request. */
      id: string;
      /** How long the database may still keep this request waiting. */
      deadline: RequestDeadline;
      /** The stored session this request was authenticated with, its user joined. */
      liveSession?: ActiveSession;
      /** Why the session that the cookie names was refused. */
      sessionError?: SessionError;
      /** The visit to a provider that this request comes back from. */
      attempt?: AuthorizationRequest;
      /** What a new session is to be made of; set right before `logIn`. */
      newSession?: NewSession;
      /** The transaction that a new session is part of, where several documents change together. */
      transaction?: ClientSession;
    }
  }
}
