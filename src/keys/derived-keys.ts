import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;

export interface DerivedKey {
  /** Eight characters that name the key without telling anything about it. */
  id: string;
  /** 256 bits. */
  key: Buffer;
}

/**
 * HKDF-SHA-256. Each purpose gets keys of its own, so a value that one purpose signs is invalid for every other purpose.
 * @param secrets newest first, such as SESSION_SECRETS
 * @param purpose names the use and its version, such as `continuation/v1`
 * @returns one key per secret, newest first
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function deriveKeys(secrets: readonly string[], purpose: string): DerivedKey[] {
  return secrets.map((secret) => ({
    id: derive(secret, `key-id/${purpose}`, 6).toString('base64url'),
    key: derive(secret, purpose, KEY_BYTES),
  }));
}

function derive(secret: string, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `nest-session-auth/${info}`, bytes));
}

/** Signs values with the newest key of one purpose and verifies them with all keys, so that secrets can rotate. */
export class Signer {
  private readonly keys: DerivedKey[];

  /** @param purpose as in `deriveKeys` */
  constructor(secrets: readonly string[], purpose: string) {
    this.keys = deriveKeys(secrets, purpose);
  }

  /** @returns `value.SIGNATURE`; the signature is HMAC-SHA-256 in base64url */
  sign(value: string): string {
    return `${value}.${signatureOf(value, this.keys[0]!)}`;
  }

  /** @returns the value without its signature, or undefined when no key has signed it */
  verify(signed: string): string | undefined {
    const dot = signed.lastIndexOf('.');
    const value = signed.slice(0, Math.max(dot, 0));
    const signature = Buffer.from(signed.slice(dot + 1));
    const matches = this.keys.some((key) => {
      const expected = Buffer.from(signatureOf(value, key));
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    });
    return matches ? value : undefined;
  }
}

function signatureOf(value: string, { key }: DerivedKey): string {
  return createHmac('sha256', key).update(value).digest('base64url');
}
