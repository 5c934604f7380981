import type { AppConfig } from '../config/app.config.js';
import type { UserRecord } from './user.schema.js';

type Factors = Pick<UserRecord, 'totp' | 'passkeyCount'>;

/** Whether the account has anything that can serve as a second factor. */
export function hasSecondFactor({ totp, passkeyCount = 0 }: Factors): boolean {
  return totp !== undefined || passkeyCount > 0;
}

/**
 * Whether a sign-in by password or provider needs a second factor: always with TOTP, and with a passkey alone where
 * SECOND_FACTOR=required. SECOND_FACTOR=off does not turn off what an account has turned on.
 */
export function secondFactorIsOn(user: Factors, { secondFactor }: Pick<AppConfig, 'secondFactor'>): boolean {
  return user.totp !== undefined || (secondFactor === 'required' && hasSecondFactor(user));
}
