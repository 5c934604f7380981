import { Inject, Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import expressSession from 'express-session';
import passport from 'passport';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { SessionCookie } from './session.cookie.js';
import { evaluateSession } from './policy/session.policy.js';
import { hashSessionId } from './store/session-id.js';
import { SessionReader } from './store/session.reader.js';
import { SessionStore } from './store/session.store.js';

/**
 * Runs express-session and Passport for the routes that need a session, not for every request: the global guard calls it
 * for protected routes, and sign-in calls it to end the previous session. No other route reads the store.
 */
@Injectable()
export class SessionLoader {
  private readonly session: RequestHandler;
  private readonly passport: RequestHandler;

  constructor(
    store: SessionStore,
    private readonly reader: SessionReader,
    private readonly cookie: SessionCookie,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.session = expressSession({
      store,
      name: cookie.name,
      secret: config.session.secrets,
      cookie: cookie.attributes,
      // Only a sign-in writes: guests have no session, and reads store nothing.
      resave: false,
      saveUninitialized: false,
    });
    this.passport = passport.session() as RequestHandler;
  }

  /** Sets `req.session` and, if the session is active, `req.user` and `req.auth.session`. */
  async load(request: Request, response: Response): Promise<void> {
    if (request.session) return;
    if (this.cookie.isAmbiguous(request)) await this.loadChosen(request, response);
    else await run(this.session, request, response);
    await run(this.passport, request, response);
  }

  /** Gives express-session only the cookie of the active session, because it reads only the first cookie of its name. */
  private async loadChosen(request: Request, response: Response): Promise<void> {
    const { secretIds } = this.cookie.read(request);
    const secretId = (await this.active(secretIds)) ?? secretIds[0];
    const { cookie } = request.headers;
    request.headers.cookie = secretId && this.cookie.serialize(secretId);
    const loaded = run(this.session, request, response);
    // express-session has read the header by now.
    request.headers.cookie = cookie;
    await loaded;
  }

  private async active(secretIds: string[]): Promise<string | undefined> {
    if (secretIds.length < 2) return undefined;
    const stored = await Promise.all(secretIds.map((secretId) => this.reader.read(hashSessionId(secretId))));
    const now = Date.now();
    return secretIds.find((_, n) => stored[n] && 'active' in evaluateSession(stored[n], now));
  }
}

function run(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}
