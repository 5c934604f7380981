import { randomBytes } from 'node:crypto';
import type { IssueCode } from '../errors/error-codes.js';

const MIN_LENGTH = 3;
const MAX_LENGTH = 64;
const ALLOWED = /^[\p{L}\p{Nd}._@+-]*$/u;

/**
 * The one spelling of a username: NFKC, lower case, trimmed. Names that look alike by width or case are one account.
 * Lower-casing can undo the normal form, hence the second pass.
 */
export function canonicalUsername(username: string): string {
  return username.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

/** @param username canonical @returns what keeps it from being signed up; empty when nothing does */
export function usernameIssues(username: string): IssueCode[] {
  if (!username.isWellFormed()) return ['not_well_formed'];
  const length = Array.from(username).length;
  if (length < MIN_LENGTH) return ['too_short'];
  if (length > MAX_LENGTH) return ['too_long'];
  return ALLOWED.test(username) ? [] : ['bad_characters'];
}

/**
 * Names to try for an account whose user did not choose one: what they are called elsewhere as far as it is fit for a
 * username, then the same with something random behind it.
 * @param names best first; of an e-mail address what stands before the @, because usernames are public
 */
export function* suggestUsernames(names: string[]): Generator<string> {
  const fit = names.map(sanitize).filter((name) => usernameIssues(name).length === 0);
  yield* fit;
  const stem = fit[0] ?? 'user';
  for (let attempt = 0; attempt < 5; attempt += 1) yield `${stem}-${randomBytes(4).toString('hex')}`;
}

function sanitize(name: string): string {
  const letters = Array.from(canonicalUsername(name.split('@')[0]!)).filter((letter) => ALLOWED.test(letter));
  // Once more: letters that have come to stand side by side may make one, as those of Hangul do.
  const canonical = canonicalUsername(letters.join(''));
  return Array.from(canonical)
    .slice(0, MAX_LENGTH - 9)
    .join('');
}
