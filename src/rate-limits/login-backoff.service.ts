import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { createHmac } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { deriveKeys } from '../keys/derived-keys.js';
import { CountedBackoffService } from './counted-backoff.service.js';

/** Guesses with the same key are counted together: those of one known device, or those of all other clients. */
export interface AttemptKey {
  /** The account whose password is guessed. It need not exist. */
  identifier: string;
  /** A device that has signed in to the account before. */
  deviceId?: string;
}

/** Slows down the guessing of one account's password. */
@Injectable()
export class LoginBackoffService {
  private readonly key: Buffer;

  constructor(
    private readonly backoff: CountedBackoffService,
    @Inject(APP_CONFIG) { session }: AppConfig,
  ) {
    this.key = deriveKeys(session.secrets, 'login-attempts/v1')[0]!.key;
  }

  /**
   * @param verify whether the password is right
   * @returns the result of `verify`
   * @throws {AppError} rate_limited, when it is too early for another attempt; overloaded
   */
  guard(request: Request, attempt: AttemptKey, verify: () => Promise<boolean>): Promise<boolean> {
    return this.backoff.guard(request, this.keyOf(attempt), verify);
  }

  /** A keyed hash, because users sometimes type a password as their name: the stored id must reveal neither. */
  private keyOf({ identifier, deviceId }: AttemptKey): string {
    if (deviceId !== undefined) return `device:${deviceId}`;
    return `account:${createHmac('sha256', this.key).update(identifier).digest('base64url')}`;
  }
}
