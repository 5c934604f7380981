import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { CookieSignature } from '../net/cookie-signer.js';
import { hostCookieName } from '../net/host-cookie.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import type { Proof } from './provider.interface.js';

const LIFETIME_MS = 10 * 60_000;

/** One visit to a provider, from the browser's leaving to its coming back. */
export interface Attempt extends Proof {
  provider: string;
  /** A path on this server. */
  returnTo: string;
  /** The account that the identity is to be linked to; absent for a sign-in. */
  linkTo?: string;
  /** Milliseconds since 1970. */
  expires: number;
}

/**
 * Keeps the attempt in the browser that makes it: a guest has no session, and whoever sends a browser a callback that it
 * did not ask for must not get it signed in. Lax whatever COOKIE_SAMESITE says, because the way back is a navigation
 * from another site.
 */
@Injectable()
export class AttemptCookie {
  private readonly name: string;
  private readonly attributes: CookieOptions;
  private readonly signature: CookieSignature;

  constructor(@Inject(APP_CONFIG) { cookie, session }: AppConfig) {
    this.name = hostCookieName('attempt', cookie.secure);
    this.attributes = { path: '/', httpOnly: true, secure: cookie.secure, sameSite: 'lax' };
    this.signature = new CookieSignature('attempt-cookie/v1', session.secrets);
  }

  issue(response: Response, attempt: Omit<Attempt, 'expires'>): void {
    const content = JSON.stringify({ ...attempt, expires: Date.now() + LIFETIME_MS });
    const value = this.signature.sign(Buffer.from(content).toString('base64url'));
    response.cookie(this.name, value, { ...this.attributes, maxAge: LIFETIME_MS });
  }

  /** @returns the attempt that this browser has under way with the provider */
  read({ headers }: Request, provider: string): Attempt | undefined {
    const value = this.signature.verify(parse(headers.cookie ?? '')[this.name]);
    if (value === undefined) return undefined;
    const attempt = JSON.parse(Buffer.from(value, 'base64url').toString()) as Attempt;
    return attempt.provider === provider && Date.now() < attempt.expires ? attempt : undefined;
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.attributes);
  }
}
