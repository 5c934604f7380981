import { Inject, Injectable } from '@nestjs/common';
import { sign, unsign } from 'cookie-signature';
import type { Request, Response } from 'express';
import { cookieValues, removePendingCookie } from '../net/cookies.js';
import { hostCookieName } from '../net/host-cookie.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import type { SessionDocument } from './session.types.js';

/** The maximum number of signed cookies that are read per request: a sign-out writes once for each. */
const MAX_CANDIDATES = 10;

/**
 * The name, attributes and signature of the session cookie. Uses the format of express-session, not that of Signer, so
 * that both accept each other's cookies. express-session alone cannot set Max-Age or read several cookies of one name.
 */
@Injectable()
export class SessionCookie {
  readonly name: string;
  readonly attributes: { path: '/'; httpOnly: true; secure: boolean; sameSite: 'lax' | 'strict' | 'none' };

  /** Responses in flight that refresh the cookie, by secret id. */
  private readonly refreshing = new Map<string, Set<Response>>();

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {
    this.name = hostCookieName('sid', config.cookie.secure);
    this.attributes = { path: '/', httpOnly: true, ...config.cookie };
  }

  /**
   * Sets the cookie of the session that the request has just stored. Deletes `request.session`: otherwise express-session
   * would set the cookie after all others and without Max-Age, which clients with a wrong clock need.
   */
  issue(request: Request): void {
    this.withdrawRefreshed(request);
    this.set(request.res!, request.sessionID, request.auth.session!);
    Reflect.deleteProperty(request, 'session');
  }

  /**
   * Reads all cookies of this name: browsers send several if another app has set one for a parent domain or a longer path.
   * @returns the secret ids of cookies with a valid signature, in header order, and whether any cookie of this name exists
   */
  read({ headers }: Request): { secretIds: string[]; present: boolean } {
    const values = cookieValues(headers.cookie, this.name);
    const signed = values.flatMap((value) => (value.startsWith('s:') ? (this.unsign(value.slice(2)) ?? []) : []));
    return { secretIds: [...new Set(signed)].slice(0, MAX_CANDIDATES), present: values.length > 0 };
  }

  /** Whether the request may have more than one cookie of this name. A cheap check: it runs for every protected request. */
  isAmbiguous({ headers: { cookie = '' } }: Request): boolean {
    const start = `${this.name}=`;
    return cookie.indexOf(start) !== cookie.lastIndexOf(start);
  }

  /** The `Cookie` header of a request with this session. */
  serialize(secretId: string): string {
    return `${this.name}=${encodeURIComponent(this.sign(secretId))}`;
  }

  /**
   * Sends the cookie again, with a new Max-Age if `remember` is set. If another response of this process issues or clears the
   * cookie first, this one is sent without it, so that it does not overwrite the cookie of the new session.
   */
  refresh({ sessionID, res }: Request, session: SessionDocument): void {
    const response = res!;
    // The client has disconnected: `close` was emitted before.
    if (response.closed) return;
    this.set(response, sessionID, session);
    const responses = this.refreshing.get(sessionID) ?? new Set();
    this.refreshing.set(sessionID, responses.add(response));
    response.once('close', () => {
      responses.delete(response);
      if (responses.size === 0 && this.refreshing.get(sessionID) === responses) this.refreshing.delete(sessionID);
    });
  }

  clear(response: Response): void {
    this.withdrawRefreshed(response.req);
    response.clearCookie(this.name, this.attributes);
  }

  /** Sets the cookie, signed with the newest secret: until the idle deadline if `remember` is set, else until the browser closes. */
  private set(response: Response, secretId: string, session: SessionDocument): void {
    const seconds = Math.ceil((session.idleExpiresAt.getTime() - Date.now()) / 1000);
    const maxAge = session.remember ? seconds * 1000 : undefined;
    response.cookie(this.name, this.sign(secretId), { ...this.attributes, maxAge });
  }

  /**
   * Removes the cookie from responses in flight that refresh a session of this browser, including the response to `request`.
   * @see https://github.com/auth0/nextjs-auth0/issues/544
   */
  private withdrawRefreshed(request: Request): void {
    for (const secretId of this.read(request).secretIds) {
      for (const response of this.refreshing.get(secretId) ?? []) {
        if (!response.headersSent) removePendingCookie(response, this.name);
      }
      // The response to `request` gets another cookie now, which stays.
      this.refreshing.delete(secretId);
    }
  }

  private sign(secretId: string): string {
    return `s:${sign(secretId, this.config.session.secrets[0]!)}`;
  }

  private unsign(signed: string): string | undefined {
    for (const secret of this.config.session.secrets) {
      const value = unsign(signed, secret);
      if (value !== false) return value;
    }
    return undefined;
  }
}
