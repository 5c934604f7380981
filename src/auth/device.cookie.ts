import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { randomBytes } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { cookieValues } from '../net/cookies.js';
import { CookieSigner } from '../keys/cookie-signer.js';
import { hostCookieName } from '../net/host-cookie.js';

/** The longest that browsers keep a cookie. */
const MAX_AGE_MS = 400 * 24 * 3_600_000;
/** People share browsers, and have several accounts; a cookie must stay small. */
const MAX_ACCOUNTS = 5;
/** Between the entries of accounts; an entry is an id, the account's id and its credential version, with dots between. */
const SEPARATOR = '~';

/**
 * Marks a device that has signed in to an account, so that its wrong passwords are counted apart from everybody else's:
 * whoever guesses elsewhere slows down nobody but themselves. Says nothing without the password, survives signing out,
 * and is void after a change of the password.
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
@Injectable()
export class DeviceCookie {
  private readonly name: string;
  private readonly signer: CookieSigner;

  constructor(
    @Inject(APP_CONFIG) { cookie, session }: AppConfig,
    private readonly sessionCookie: SessionCookie,
  ) {
    this.name = hostCookieName('device', cookie.secure);
    this.signer = new CookieSigner('device-cookie/v1', session.secrets);
  }

  /**
   * Adds this account in front of those that the browser has signed in to. Each sign-in gets a new id, and with it a count
   * of its own: a copied cookie cannot use up the owner's.
   */
  issue(request: Request, user: UserRecord): void {
    const entry = [randomBytes(18).toString('base64url'), ...boundTo(user)].join('.');
    const others = this.entriesOf(request).filter((other) => accountOf(other) !== accountOf(entry));
    const value = [entry, ...others].slice(0, MAX_ACCOUNTS).join(SEPARATOR);
    const attributes = { ...this.sessionCookie.attributes, maxAge: MAX_AGE_MS };
    request.res!.cookie(this.name, this.signer.sign(value), attributes);
  }

  /** @returns the id of the request's device, if it has signed in to this account with the password of today */
  read(request: Request, user: UserRecord): string | undefined {
    const bound = boundTo(user).join('.');
    const entry = this.entriesOf(request).find((one) => one.endsWith(`.${bound}`));
    return entry?.split('.')[0];
  }

  private entriesOf({ headers }: Request): string[] {
    // Another app of the host may have set a cookie of this name, too: only signed ones count.
    return cookieValues(headers.cookie, this.name).flatMap(
      (value) => this.signer.verify(value)?.split(SEPARATOR) ?? [],
    );
  }
}

const boundTo = (user: UserRecord) => [user._id.toHexString(), String(credentialVersionOf(user))];
const accountOf = (entry: string) => entry.split('.')[1];
