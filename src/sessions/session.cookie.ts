import { Inject, Injectable } from '@nestjs/common';
import { sign, unsign } from 'cookie-signature';
import type { Request, Response } from 'express';
import { cookieValues, removePendingCookie } from '../net/cookies.js';
import { hostCookieName } from '../net/host-cookie.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import type { SessionDocument } from './session.types.js';

/** Each costs a read; more than one is rare. */
const MAX_CANDIDATES = 5;

/** The session cookie: its name, its attributes, its signature. */
@Injectable()
export class SessionCookie {
  readonly name: string;
  readonly attributes: { path: '/'; httpOnly: true; secure: boolean; sameSite: 'lax' | 'strict' | 'none' };

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {
    this.name = hostCookieName('sid', config.cookie.secure);
    this.attributes = { path: '/', httpOnly: true, ...config.cookie };
  }

  /**
   * Sets the cookie of the session that the request has just stored. express-session would, as the headers go out, but
   * without Max-Age, which a client with a wrong clock needs, and behind every other cookie; so it is let go.
   */
  issue(request: Request): void {
    this.refresh(request.res!, request.sessionID, request.auth.session!);
    Reflect.deleteProperty(request, 'session');
  }

  /**
   * Browsers send several cookies of this name where another app has set one for a parent domain or a longer path.
   * @returns the secret ids of those with a valid signature, in the order of the header, and whether there is any cookie
   * of this name
   */
  read({ headers }: Request): { secretIds: string[]; present: boolean } {
    const values = cookieValues(headers.cookie, this.name);
    const signed = values.flatMap((value) => (value.startsWith('s:') ? (this.unsign(value.slice(2)) ?? []) : []));
    return { secretIds: [...new Set(signed)].slice(0, MAX_CANDIDATES), present: values.length > 0 };
  }

  /** Whether the request has more than one cookie of this name. Costs next to nothing, as each request asks. */
  isAmbiguous({ headers: { cookie = '' } }: Request): boolean {
    const start = `${this.name}=`;
    return cookie.indexOf(start) !== cookie.lastIndexOf(start);
  }

  /** The cookie of this session as a request carries it. */
  serialize(secretId: string): string {
    return `${this.name}=${encodeURIComponent(this.sign(secretId))}`;
  }

  /** Sends the cookie, signed with the newest secret, to last as long as the session now does, or as the browser. */
  refresh(response: Response, secretId: string, session: SessionDocument): void {
    const seconds = Math.ceil((session.idleExpiresAt.getTime() - Date.now()) / 1000);
    const maxAge = session.remember ? seconds * 1000 : undefined;
    removePendingCookie(response, this.name);
    response.cookie(this.name, this.sign(secretId), { ...this.attributes, maxAge });
  }

  clear(response: Response): void {
    removePendingCookie(response, this.name);
    response.clearCookie(this.name, this.attributes);
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
