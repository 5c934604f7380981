import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { cookieValues, removePendingCookie } from '../net/cookies.js';
import { Signer } from '../keys/derived-keys.js';
import { hostCookieName } from '../net/host-cookie.js';
import type { AuthorizationChecks } from './provider.interface.js';

const LIFETIME_MS = 10 * 60_000;

/** Open requests of one browser. Each takes about 400 bytes, and a cookie at most 4,096. */
const MAX_OPEN = 4;

/** One sign-in, link or re-authentication by a provider, from the redirect to the callback. */
export interface AuthorizationRequest extends AuthorizationChecks {
  provider: string;
  /** A path on this server. */
  returnTo: string;
  /** The account to link the identity to; absent for a sign-in. */
  linkUserId?: string;
  /** For a re-authentication: the public id of the session to renew. */
  renews?: string;
  /** The callback was handled already: Back and Reload redirect without exchanging a code. */
  done?: true;
  /** Milliseconds since 1970. */
  expires: number;
}

declare module '../sessions/request-context.js' {
  interface RequestContext {
    /** The authorization request of this callback; written by CallbackGuard. */
    authorization?: AuthorizationRequest;
  }
}

/**
 * Stores open authorization requests in the browser that started them. Guests have no session, and a callback that an attacker
 * sends to another browser must not sign that browser in. SameSite is always Lax, because the callback is a navigation from
 * another site.
 */
@Injectable()
export class OauthStateCookie {
  private readonly name: string;
  private readonly attributes: CookieOptions;
  private readonly signer: Signer;

  constructor(@Inject(APP_CONFIG) { cookie, session }: AppConfig) {
    this.name = hostCookieName('attempt', cookie.secure);
    this.attributes = { path: '/', httpOnly: true, secure: cookie.secure, sameSite: 'lax' };
    this.signer = new Signer(session.secrets, 'attempt-cookie/v1');
  }

  add(request: Request, authorization: Omit<AuthorizationRequest, 'expires'>): void {
    const open = [...this.read(request), { ...authorization, expires: Date.now() + LIFETIME_MS }];
    this.write(request.res!, open.slice(-MAX_OPEN));
  }

  /** @returns the request of this browser to this provider with this state */
  find(request: Request, provider: string, state: unknown): AuthorizationRequest | undefined {
    return this.read(request).find(
      (authorization) => authorization.provider === provider && authorization.state === state,
    );
  }

  /** Marks a request as done. Its secrets are removed; its state stays, so that a reload is recognized. */
  finish(request: Request, { provider, state, returnTo, expires }: AuthorizationRequest): void {
    const done: AuthorizationRequest = { provider, state, returnTo, expires, nonce: '', codeVerifier: '', done: true };
    this.write(request.res!, [...this.others(request, state), done]);
  }

  remove(request: Request, state: string | undefined): void {
    this.write(request.res!, this.others(request, state));
  }

  private others(request: Request, state: string | undefined): AuthorizationRequest[] {
    return this.read(request).filter((authorization) => authorization.state !== state);
  }

  private read({ headers }: Request): AuthorizationRequest[] {
    const open = cookieValues(headers.cookie, this.name).flatMap((value) => {
      const content = this.signer.verify(value);
      return content === undefined
        ? []
        : (JSON.parse(Buffer.from(content, 'base64url').toString()) as AuthorizationRequest[]);
    });
    return open.filter(({ expires }) => Date.now() < expires);
  }

  private write(response: Response, open: AuthorizationRequest[]): void {
    removePendingCookie(response, this.name);
    if (open.length === 0) return void response.clearCookie(this.name, this.attributes);
    const content = Buffer.from(JSON.stringify(open)).toString('base64url');
    const remaining = Math.max(...open.map(({ expires }) => expires)) - Date.now();
    // Express truncates Max-Age to whole seconds: round up, so that a new attempt has all of its 600 seconds.
    const maxAge = Math.ceil(remaining / 1_000) * 1_000;
    response.cookie(this.name, this.signer.sign(content), { ...this.attributes, maxAge });
  }
}
