import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { Signer } from '../keys/derived-keys.js';

const LIFETIME_MS = 5 * 60_000;

/** What a sign-in has proved before its second factor. */
export interface Continuation {
  userId: string;
  /** `credentialVersion` of the user when the first factor was verified. A later change voids the continuation. */
  credentialVersion: number;
  rememberMe: boolean;
  /** Path in the web client to go to afterwards. */
  returnTo?: string;
  amr: string[];
  byProvider?: boolean;
  /** Public id of the session to renew; absent for a sign-in. */
  renews?: string;
  /** When the user authenticated at the provider, in milliseconds since 1970. */
  authenticatedAt?: number;
}

export interface IssuedContinuation {
  continuation: string;
  /** ISO-8601. */
  continuationExpiresAt: string;
}

type Signed = Continuation & { expires: number; nonce: string };

/**
 * Carries a sign-in from its first to its second step. The client keeps it, so the server stores nothing and sets no cookie.
 * Every process accepts it. It is useless without the second factor.
 * @see docs/adr/0023-continuation.md
 */
@Injectable()
export class ContinuationService {
  private readonly signer: Signer;

  constructor(@Inject(APP_CONFIG) { session }: AppConfig) {
    this.signer = new Signer(session.secrets, 'continuation/v1');
  }

  issue(content: Continuation): IssuedContinuation {
    const expires = Date.now() + LIFETIME_MS;
    // The nonce makes each continuation unique: the challenge of a passkey is bound to one of them.
    const signed: Signed = { ...content, expires, nonce: randomBytes(9).toString('base64url') };
    const continuation = this.signer.sign(Buffer.from(JSON.stringify(signed)).toString('base64url'));
    return { continuation, continuationExpiresAt: new Date(expires).toISOString() };
  }

  /** @throws {AppError} sign_in_expired, also for a forged continuation */
  read(continuation: string): Continuation {
    const value = this.signer.verify(continuation);
    if (value === undefined) throw new AppError('sign_in_expired');
    const content = JSON.parse(Buffer.from(value, 'base64url').toString()) as Signed;
    if (Date.now() >= content.expires) throw new AppError('sign_in_expired');
    return content;
  }
}
