import { z } from 'zod';

/** A path, query and fragment on this server. */
const PATH = /^\/(?![/\\])[\w\-./~%?#&=+:@!$'()*,;]*$/;
const ANY_ORIGIN = 'https://origin.invalid';

/**
 * Whether a redirect to this text stays on this origin. `//evil.example` and `/\evil.example` name another host, and browsers
 * remove tabs and line breaks before they parse, so only plain characters of a path are allowed.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
 */
export function isReturnPath(text: string): boolean {
  return PATH.test(text) && URL.canParse(text, ANY_ORIGIN) && new URL(text, ANY_ORIGIN).origin === ANY_ORIGIN;
}

export const returnPath = z
  .string()
  .max(512)
  .refine(isReturnPath, { params: { code: 'bad_characters' } })
  .meta({ description: 'The path on this server to open afterwards.', examples: ['/#/posts/new'] });
