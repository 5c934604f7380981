import type { IssueCode } from '../errors/error-codes.js';
import { isCommonPassword } from './common-passwords.js';
import { canonicalUsername } from './username.js';

/** In code points. Long enough for any passphrase, short enough that normalising costs nothing. */
const MAX_LENGTH = 256;

export interface PasswordContext {
  /** Canonical name of the account, if it is known. */
  username?: string;
  /** In code points: PASSWORD_MIN_LENGTH. */
  minLength: number;
}

/**
 * What keeps a new password from being taken; empty when nothing does. No rules of composition: they make passwords
 * that are harder to remember and no harder to guess.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
 */
export function passwordIssues(password: string, { username, minLength }: PasswordContext): IssueCode[] {
  if (!password.isWellFormed()) return ['not_well_formed'];
  const normal = password.normalize('NFC');
  const length = Array.from(normal).length;
  if (length < minLength) return ['too_short'];
  if (length > MAX_LENGTH) return ['too_long'];
  if (canonicalUsername(password) === username) return ['equals_username'];
  return isCommonPassword(normal) ? ['common_password'] : [];
}
