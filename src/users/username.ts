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
