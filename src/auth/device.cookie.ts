import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { randomBytes } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { cookieValues } from '../net/cookies.js';
import { Signer } from '../keys/derived-keys.js';
import { hostCookieName } from '../net/host-cookie.js';

/** The longest that browsers keep a cookie. */
const MAX_AGE_MS = 400 * 24 * 3_600_000;
/** People share browsers, and have several accounts; a cookie must stay small. */
const MAX_ACCOUNTS = 5;
/** Separates entries. An entry is a random id, the account's id and its credential version, separated by dots. */
const SEPARATOR = '~';

/**
 * Marks a device that has signed in to an account. Its wrong passwords are counted separately, so an attacker who guesses
 * elsewhere cannot slow down the owner. The cookie proves nothing without the password. It survives sign-out and is void after
 * a change of the password.
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
@Injectable()
export class DeviceCookie {
  private readonly name: string;
  private readonly signer: Signer;

  constructor(
    @Inject(APP_CONFIG) { cookie, session }: AppConfig,
    private readonly sessionCookie: SessionCookie,
  ) {
    this.name = hostCookieName('device', cookie.secure);
    this.signer = new Signer(session.secrets, 'device-cookie/v1');
  }

  /**
   * Sets the cookie: this account first, then the others that the browser has signed in to. Each sign-in gets a new id with a
   * separate count, so a copied cookie cannot use up the attempts of the owner.
   */
  issue(request: Request, user: UserRecord): void {
    const entry = [randomBytes(18).toString('base64url'), ...boundTo(user)].join('.');
    const others = this.entriesOf(request).filter((other) => accountOf(other) !== accountOf(entry));
    const value = [entry, ...others].slice(0, MAX_ACCOUNTS).join(SEPARATOR);
    const attributes = { ...this.sessionCookie.attributes, maxAge: MAX_AGE_MS };
    request.res!.cookie(this.name, this.signer.sign(value), attributes);
  }

  /** @returns the id of the device, if it has signed in to this account with its current password */
  read(request: Request, user: UserRecord): string | undefined {
    const bound = boundTo(user).join('.');
    const entry = this.entriesOf(request).find((one) => one.endsWith(`.${bound}`));
    return entry?.split('.')[0];
  }

  private entriesOf({ headers }: Request): string[] {
    // Another app on this host may have set a cookie of this name: only signed ones count.
    return cookieValues(headers.cookie, this.name).flatMap(
      (value) => this.signer.verify(value)?.split(SEPARATOR) ?? [],
    );
  }
}

const boundTo = (user: UserRecord) => [user._id.toHexString(), String(credentialVersionOf(user))];
const accountOf = (entry: string) => entry.split('.')[1];
