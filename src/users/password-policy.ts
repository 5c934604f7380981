import type { FieldIssue } from '../errors/app.error.js';
import { isCommonPassword } from './common-passwords.js';
import { canonicalUsername } from './username.js';

/** In code points. Long enough for any passphrase, short enough to normalize cheaply. */
export const PASSWORD_MAX_LENGTH = 256;

export interface PasswordContext {
  /** Canonical name of the account, if known. */
  username?: string;
  /** PASSWORD_MIN_LENGTH, in code points. */
  minLength: number;
}

/**
 * Why a new password is rejected; empty if it is accepted. There are no composition rules: they make passwords harder to
 * remember and no harder to guess.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
 */
export function passwordIssues(password: string, { username, minLength }: PasswordContext): FieldIssue[] {
  if (!password.isWellFormed()) return [{ code: 'not_well_formed' }];
  const normal = password.normalize('NFC');
  const length = Array.from(normal).length;
  if (length < minLength) return [{ code: 'too_short', limit: minLength }];
  if (length > PASSWORD_MAX_LENGTH) return [{ code: 'too_long', limit: PASSWORD_MAX_LENGTH }];
  if (canonicalUsername(password) === username) return [{ code: 'equals_username' }];
  return isCommonPassword(normal) ? [{ code: 'common_password' }] : [];
}
