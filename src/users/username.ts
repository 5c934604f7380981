import { randomBytes } from 'node:crypto';
import type { FieldIssue } from '../errors/app.error.js';

const MIN_LENGTH = 3;
export const USERNAME_MAX_LENGTH = 64;
/** A letter with its combining marks, or another character that a username may have. */
const CHARACTER = /\p{L}\p{M}*|[\p{Nd}._@+-]/gu;
const ALLOWED = new RegExp(`^(?:${CHARACTER.source})*$`, 'u');
/** Invisible characters, some of them letters or marks: Hangul fillers, joiners, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The canonical form of a username: NFKC, lower case, trimmed. Names that differ only in width or case are one account.
 * `toLowerCase` chooses one of two small sigmas by position, so both become capitals first. The second NFKC is for letters
 * whose lower case is not in normal form.
 */
export function canonicalUsername(username: string): string {
  return username.normalize('NFKC').replaceAll(/[σς]/g, 'Σ').toLowerCase().normalize('NFKC').trim();
}

/** @param username canonical @returns why it cannot be signed up; empty if it can */
export function usernameIssues(username: string): FieldIssue[] {
  if (!username.isWellFormed()) return [{ code: 'not_well_formed' }];
  const length = Array.from(username).length;
  if (length < MIN_LENGTH) return [{ code: 'too_short', limit: MIN_LENGTH }];
  if (length > USERNAME_MAX_LENGTH) return [{ code: 'too_long', limit: USERNAME_MAX_LENGTH }];
  return ALLOWED.test(username) && username.search(INVISIBLE) === -1 ? [] : [{ code: 'bad_characters' }];
}

/** The length of `-` and eight hexadecimal digits. */
const SUFFIX_LENGTH = 9;

/**
 * Usernames to try for an account whose user did not choose one: first the allowed characters of each name, then the
 * best of them with a random suffix.
 * @param names best first; only the part before the `@` of an email address, because usernames are public
 */
export function* suggestUsernames(names: string[]): Generator<string> {
  const fit = names.map(sanitize).filter((name) => usernameIssues(name).length === 0);
  yield* fit;
  const stem = fit[0] ?? 'user';
  for (let attempt = 0; attempt < 5; attempt += 1) yield `${stem}-${randomBytes(4).toString('hex')}`;
}

function sanitize(name: string): string {
  const visible = canonicalUsername(name.split('@')[0]!).replaceAll(INVISIBLE, '');
  // Canonical again: letters that have become neighbors may combine, as in Hangul.
  const canonical = canonicalUsername(visible.match(CHARACTER)?.join('') ?? '');
  return Array.from(canonical)
    .slice(0, USERNAME_MAX_LENGTH - SUFFIX_LENGTH)
    .join('');
}
