import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import passport from 'passport';
import { userView } from '../users/users.views.js';

type Done<T> = (error: unknown, value?: T | false) => void;

/**
 * What passport keeps of a user (the id) and how it finds the user again: in the session that was just read, which the
 * user was joined to. `PassportSerializer` of @nestjs/passport hides the request from the second step and would make
 * it a query of its own at every request; passport itself passes the request to a function of three parameters.
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
