import { z } from 'zod';

/** What the client of this very server may be called by: a path, a query, a fragment. */
const PATH = /^\/(?![/\\])[\w\-./~%?#&=+:@!$'()*,;]*$/;
const ANY_ORIGIN = 'https://origin.invalid';

/**
 * Whether a browser that is sent there stays on this origin. `//evil.example` and `/\evil.example` name another host, and
 * browsers drop tabs and line breaks before they look: nothing but plain characters of a path passes.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
 */
export function isReturnPath(text: string): boolean {
  return PATH.test(text) && URL.canParse(text, ANY_ORIGIN) && new URL(text, ANY_ORIGIN).origin === ANY_ORIGIN;
}

export const returnPath = z
  .string()
  .max(512)
  .refine(isReturnPath, { params: { code: 'bad_characters' } })
  .meta({ description: 'Where to go on afterwards: a path on this server.', examples: ['/#/posts/new'] });
