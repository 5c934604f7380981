import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { SessionData, Store } from 'express-session';
import { ObjectId } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../../config/app.config.js';
import { credentialVersionOf } from '../../users/user.schema.js';
import { clientInfoOf } from '../../net/client-info.js';
import { hashSessionId } from './session-id.js';
import { deadlines, evaluateSession, type SessionCheck } from '../policy/session.policy.js';
import { SessionReader } from './session.reader.js';
import { SessionsRepository } from './sessions.repository.js';
import type { ActiveSession, SessionContents } from '../session.types.js';

export type Callback = (error?: unknown) => void;
export type GetCallback = (error: unknown, session?: SessionData | null) => void;

/** The key under which `get` passes its result through express-session to `attachToRequest`. */
const SESSION_CHECK = Symbol('session check');
export type CheckedSession = SessionData & { [SESSION_CHECK]?: SessionCheck };

/** express-session adds `generate` to its store: it creates an empty session with a new random id. */
export type GeneratingStore = Store & { generate: (request: Request) => void };

/**
 * Does the work of both stores, with guarantees that connect-mongo and connect-redis do not give:
 * - A session is inserted once and updated only while it is active, so a request in flight cannot restore a revoked session.
 *   The `set` of those packages is an upsert.
 * - Ids are hashed at rest.
 * - One read includes the user.
 * - A rejected session comes with the reason.
 * @see https://github.com/expressjs/session/issues/632
 */
@Injectable()
export class SessionStoreDelegate {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly reader: SessionReader,
    private readonly repository: SessionsRepository,
  ) {}

  /** Reads and evaluates a session. Passes on a rejected session without contents but with its error; null if unknown. */
  get(secretId: string, done: GetCallback): void {
    this.reader.read(hashSessionId(secretId)).then(
      (stored) => {
        if (!stored) return done(null, null);
        const check = evaluateSession(stored, Date.now());
        // A copy: `write` compares the session with what was read, and would miss changes in place.
        const contents = 'active' in check ? copyContents(check.active.session) : {};
        done(null, Object.assign({ cookie: { originalMaxAge: null } }, contents, { [SESSION_CHECK]: check }));
      },
      (error: unknown) => done(error),
    );
  }

  /** Puts the result of `get` on the request. */
  attachToRequest(request: Request, session: CheckedSession): void {
    const check = session[SESSION_CHECK];
    if (check && 'active' in check) request.auth.session = check.active;
    if (check && 'rejected' in check) request.auth.sessionError = check.rejected;
  }

  /** Gives a sign-in a new id and revokes the previous session of the browser. Sessions of guests are not stored. */
  regenerate(store: GeneratingStore, request: Request, done: Callback): void {
    const previous = request.auth.session;
    const ended = previous
      ? this.repository.revoke(previous._id, 'replaced', request.auth.transaction)
      : Promise.resolve();
    ended.then(() => {
      request.auth.session = undefined;
      store.generate(request);
      done();
    }, done);
  }

  set(secretId: string, session: SessionData, done: Callback = () => undefined): void {
    this.write(secretId, session).then(() => done(), done);
  }

  destroy(secretId: string, done: Callback = () => undefined): void {
    this.repository.revoke(hashSessionId(secretId), 'logged_out').then(() => done(), done);
  }

  private async write(secretId: string, session: SessionData): Promise<void> {
    const request = requestOf(session);
    const contents = copyContents(session);
    if (request.auth.session?._id !== hashSessionId(secretId)) {
      request.auth.session = await this.insert(secretId, request, contents);
    } else if (JSON.stringify(request.auth.session.session) !== JSON.stringify(contents)) {
      // express-session may save an unchanged session; only a change is written.
      await this.repository.update(request.auth.session._id, contents);
      request.auth.session.session = contents;
    }
  }

  private async insert(secretId: string, request: Request, contents: SessionContents): Promise<ActiveSession> {
    const { newSession } = request.auth;
    if (!newSession) throw new Error('Sessions are stored for signed-in users only.');
    const { user, ...document } = this.newSession(secretId, request, contents);
    if (newSession.replaces) await this.repository.replace(newSession.replaces, document, request.auth.transaction);
    else await this.repository.insert(document, request.auth.transaction);
    return { ...document, user };
  }

  private newSession(secretId: string, request: Request, session: SessionContents): ActiveSession {
    const { user, remember, amr, aal = 1, byProvider = false, authenticatedAt } = request.auth.newSession!;
    const now = Date.now();
    const lifetimes = remember ? this.config.session.long : this.config.session.short;
    const absolute = now + lifetimes.absoluteMs;
    return {
      _id: hashSessionId(secretId),
      publicId: randomUUID(),
      userId: new ObjectId(user._id),
      credentialVersion: credentialVersionOf(user),
      remember,
      createdAt: new Date(now),
      authenticatedAt: authenticatedAt ?? new Date(now),
      ...deadlines(now, absolute, lifetimes),
      absoluteExpiresAt: new Date(absolute),
      ...clientInfoOf(request),
      amr,
      aal,
      ...(byProvider && { byProvider }),
      session,
      user,
    };
  }
}

/**
 * Copies the part that is stored: who is signed in. The cookie's attributes come from the settings. Runs at every read, so
 * it does not use structuredClone, which takes as long as a hash.
 */
function copyContents({ passport }: SessionContents): SessionContents {
  return { passport: passport && { ...passport } };
}

/** express-session keeps the request on its sessions; its types do not say so. */
const requestOf = (session: SessionData): Request => (session as unknown as { req: Request }).req;
