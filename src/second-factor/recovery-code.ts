import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 24;
const GROUP = /.{4}(?=.)/g;
const COUNT = 10;

/** Ten codes of 120 random bits each, in groups of four characters: `7KQ2-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () =>
    // 256 is a multiple of 32, so every character is equally likely.
    Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length])
      .join('')
      .replaceAll(GROUP, '$&-'),
  );
}

/**
 * The stored form of a code. A plain SHA-256 is enough for 120 random bits (ASVS 6.5.2).
 * @param code as typed; ignores case, spaces and dashes, and reads look-alike letters as digits
 */
export function hashRecoveryCode(code: string): string {
  const normal = code
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(normal).digest('base64url');
}
