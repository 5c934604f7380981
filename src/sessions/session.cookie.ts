import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import { sign, unsign } from 'cookie-signature';
import type { Request, Response } from 'express';
import expressSession from 'express-session';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import type { SessionDocument } from './session.types.js';

/**
 * The session cookie: its name, its attributes, its signature. `__Host-` binds it to this very host and to HTTPS, so
 * that no sibling domain can plant one; browsers take that prefix with Secure only, hence the plain name without.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
@Injectable()
export class SessionCookie {
  readonly name: string;
  readonly attributes: { path: '/'; httpOnly: true; secure: boolean; sameSite: 'lax' | 'strict' | 'none' };

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {
    this.name = config.cookie.secure ? '__Host-sid' : 'sid';
    this.attributes = { path: '/', httpOnly: true, ...config.cookie };
  }

  /** What express-session is to set at a sign-in. Without an end of its own the cookie ends with the browser. */
  ofNewSession(remember: boolean): expressSession.Cookie {
    const { idleMs, absoluteMs } = this.config.session.long;
    return Object.assign(new SignInCookie(), this.attributes, remember && { maxAge: Math.min(idleMs, absoluteMs) });
  }

  /** The secret id that the request's cookie carries, if its signature is ours; `forged` for any other cookie of our name. */
  read(request: Request): { secretId?: string; forged: boolean } {
    const header = request.headers.cookie;
    const value = header ? parse(header)[this.name] : undefined;
    if (value === undefined) return { forged: false };
    const secretId = value.startsWith('s:') ? this.unsign(value.slice(2)) : undefined;
    return { secretId, forged: secretId === undefined };
  }

  /** Sends the cookie again, signed with the newest secret, to last as long as the session now does. */
  renew(response: Response, secretId: string, session: SessionDocument): void {
    const value = `s:${sign(secretId, this.config.session.secrets[0]!)}`;
    const seconds = Math.round((session.idleExpiresAt.getTime() - Date.now()) / 1000);
    response.cookie(this.name, value, { ...this.attributes, maxAge: session.remember ? seconds * 1000 : undefined });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.attributes);
  }

  private unsign(signed: string): string | undefined {
    for (const secret of this.config.session.secrets) {
      const value = unsign(signed, secret);
      if (value !== false) return value;
    }
    return undefined;
  }
}

/** express-session's own cookie sends Expires alone, which a client whose clock is wrong ends at a wrong time. */
class SignInCookie extends expressSession.Cookie {
  /** The attributes of Set-Cookie, as express-session reads them; `maxAge` in seconds. */
  get data(): object {
    const { path, httpOnly, secure, sameSite, expires, maxAge } = this;
    return { path, httpOnly, secure, sameSite, ...(maxAge && { expires, maxAge: Math.round(maxAge / 1000) }) };
  }
}
