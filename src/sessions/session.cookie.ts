import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import { sign, unsign } from 'cookie-signature';
import type { Request, Response } from 'express';
import { hostCookieName } from '../net/host-cookie.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import type { SessionDocument } from './session.types.js';

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

  /** The secret id that the request's cookie carries, if its signature is ours; `forged` for any other cookie of our name. */
  read(request: Request): { secretId?: string; forged: boolean } {
    const value = parse(request.headers.cookie ?? '')[this.name];
    if (value === undefined) return { forged: false };
    const secretId = value.startsWith('s:') ? this.unsign(value.slice(2)) : undefined;
    return { secretId, forged: secretId === undefined };
  }

  /** Sends the cookie, signed with the newest secret, to last as long as the session now does, or as the browser. */
  refresh(response: Response, secretId: string, session: SessionDocument): void {
    const value = `s:${sign(secretId, this.config.session.secrets[0]!)}`;
    const seconds = Math.ceil((session.idleExpiresAt.getTime() - Date.now()) / 1000);
    const maxAge = session.remember ? seconds * 1000 : undefined;
    this.removePending(response);
    response.cookie(this.name, value, { ...this.attributes, maxAge });
  }

  clear(response: Response): void {
    this.removePending(response);
    response.clearCookie(this.name, this.attributes);
  }

  /** The use of a session may have sent its cookie again already, and one name must not be set twice. */
  private removePending(response: Response): void {
    const set = response.getHeader('Set-Cookie');
    if (set === undefined) return;
    const others = [set].flat().filter((cookie) => !String(cookie).startsWith(`${this.name}=`));
    response.setHeader('Set-Cookie', others.map(String));
  }

  private unsign(signed: string): string | undefined {
    for (const secret of this.config.session.secrets) {
      const value = unsign(signed, secret);
      if (value !== false) return value;
    }
    return undefined;
  }
}
