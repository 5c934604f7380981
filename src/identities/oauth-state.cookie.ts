import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { cookieValues, removePendingCookie } from '../net/cookies.js';
import { CookieSigner } from '../keys/cookie-signer.js';
import { hostCookieName } from '../net/host-cookie.js';
import type { AuthorizationChecks } from './provider.interface.js';

const LIFETIME_MS = 10 * 60_000;

/** Visits that one browser may have under way. A visit takes some 400 bytes, and a cookie has room for 4,096. */
const MAX_VISITS = 4;

/** One visit to a provider, from leaving this site to coming back. */
export interface AuthorizationRequest extends AuthorizationChecks {
  provider: string;
  /** A path on this server. */
  returnTo: string;
  /** The account that the identity is to be linked to; absent for a sign-in. */
  linkUserId?: string;
  /** Public id of the session that the visit renews: a re-authentication. */
  renews?: string;
  /** The visit has come back already: Back and Reload lead on, and no code is exchanged again. */
  done?: true;
  /** Milliseconds since 1970. */
  expires: number;
}

declare module '../sessions/request-context.js' {
  interface RequestContext {
    /** The visit that this request comes back from; written by CallbackGuard. */
    authorization?: AuthorizationRequest;
  }
}

/**
 * Keeps visits in the browser that makes them. Guests have no session, and a callback that an attacker sends to another
 * browser must not sign that browser in. SameSite is always Lax, because the way back is a navigation from another site.
 */
@Injectable()
export class OauthStateCookie {
  private readonly name: string;
  private readonly attributes: CookieOptions;
  private readonly signer: CookieSigner;

  constructor(@Inject(APP_CONFIG) { cookie, session }: AppConfig) {
    this.name = hostCookieName('attempt', cookie.secure);
    this.attributes = { path: '/', httpOnly: true, secure: cookie.secure, sameSite: 'lax' };
    this.signer = new CookieSigner('attempt-cookie/v1', session.secrets);
  }

  add(request: Request, attempt: Omit<AuthorizationRequest, 'expires'>): void {
    const visits = [...this.read(request), { ...attempt, expires: Date.now() + LIFETIME_MS }];
    this.write(request.res!, visits.slice(-MAX_VISITS));
  }

  /** @returns the visit that this browser has made to the provider with this state */
  find(request: Request, provider: string, state: unknown): AuthorizationRequest | undefined {
    return this.read(request).find((visit) => visit.provider === provider && visit.state === state);
  }

  /** The visit has led to an answer. Its secrets go; its state stays, so that a reload is recognized. */
  finish(request: Request, { provider, state, returnTo, expires }: AuthorizationRequest): void {
    const done: AuthorizationRequest = { provider, state, returnTo, expires, nonce: '', codeVerifier: '', done: true };
    this.write(request.res!, [...this.others(request, state), done]);
  }

  remove(request: Request, state: string | undefined): void {
    this.write(request.res!, this.others(request, state));
  }

  private others(request: Request, state: string | undefined): AuthorizationRequest[] {
    return this.read(request).filter((visit) => visit.state !== state);
  }

  private read({ headers }: Request): AuthorizationRequest[] {
    const visits = cookieValues(headers.cookie, this.name).flatMap((value) => {
      const content = this.signer.verify(value);
      return content === undefined
        ? []
        : (JSON.parse(Buffer.from(content, 'base64url').toString()) as AuthorizationRequest[]);
    });
    return visits.filter(({ expires }) => Date.now() < expires);
  }

  private write(response: Response, visits: AuthorizationRequest[]): void {
    removePendingCookie(response, this.name);
    if (visits.length === 0) return void response.clearCookie(this.name, this.attributes);
    const content = Buffer.from(JSON.stringify(visits)).toString('base64url');
    const maxAge = Math.max(...visits.map(({ expires }) => expires)) - Date.now();
    response.cookie(this.name, this.signer.sign(content), { ...this.attributes, maxAge });
  }
}
