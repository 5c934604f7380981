import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import expressSession from 'express-session';
import passport from 'passport';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { SessionCookie } from './session.cookie.js';
import { SessionStore } from './store/session.store.js';

/**
 * express-session and passport, run for the routes that need a session instead of for every request: the global guard
 * calls it for protected routes, sign-in calls it to end the session before. No other route reads the store.
 */
@Injectable()
export class SessionLoader {
  private readonly session: RequestHandler;
  private readonly passport: RequestHandler;

  constructor(store: SessionStore, cookie: SessionCookie, @Inject(APP_CONFIG) config: AppConfig) {
    this.session = expressSession({
      store,
      name: cookie.name,
      secret: config.session.secrets,
      cookie: cookie.attributes,
      // Only a sign-in writes: nothing is stored for guests, and nothing again for requests that read.
      resave: false,
      saveUninitialized: false,
    });
    this.passport = passport.session() as RequestHandler;
  }

  /** Fills `req.session`, and `req.user` and `req.auth.session` when somebody is signed in. */
  async load(request: Request, response: Response): Promise<void> {
    if (request.session) return;
    await run(this.session, request, response);
    await run(this.passport, request, response);
  }
}

function run(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}
