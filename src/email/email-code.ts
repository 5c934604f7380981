const LENGTH = 8;
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]+$/;

/**
 * Converts a typed code to the spelling of the mailed one. Crockford's base32: ignores case, dashes and spaces, and reads O as
 * 0, I and L as 1.
 * @returns undefined for text that cannot be a code
 * @see https://www.crockford.com/base32.html
 */
export function canonicalCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[-\s]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && ALPHABET.test(code) ? code : undefined;
}
