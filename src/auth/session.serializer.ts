import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import passport from 'passport';
import { userView } from '../users/users.views.js';

type Done<T> = (error: unknown, value?: T | false) => void;

/**
 * Stores the user's id in the session. Later requests take the user from the session that was just read, which includes it.
 * `PassportSerializer` of @nestjs/passport hides the request, so that each request would need a second query. Passport itself
 * passes the request to a function with three parameters.
 */
@Injectable()
export class SessionSerializer {
  constructor() {
    passport.serializeUser((user: Express.User, done: Done<string>) => done(null, user.userId));
    passport.deserializeUser((request: Request, userId: string, done: Done<Express.User>) => {
      const user = request.auth.session && userView(request.auth.session.user);
      done(null, user?.userId === userId && user);
    });
  }
}
