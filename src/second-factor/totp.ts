import type { TOTP } from 'otpauth';

/** RFC 4226 recommends 160 bits. */
export const SECRET_BYTES = 20;
/** Accepted clock difference in steps, either way. */
const WINDOW = 1;
const STEP_MS = 30_000;
const CODE = /^\d{6}$/;

/**
 * The 30-second step that a code belongs to, so that the caller can accept each step once.
 * @param code as typed; spaces are ignored
 * @returns undefined when the code is wrong
 * @see https://www.rfc-editor.org/rfc/rfc6238#section-5.2
 */
export async function stepOf(code: string, secret: Buffer, now = Date.now()): Promise<number | undefined> {
  const token = code.replaceAll(/\s/g, '');
  if (!CODE.test(token)) return undefined;
  const totp = await create(secret);
  const delta = totp.validate({ token, window: WINDOW, timestamp: now });
  return delta === null ? undefined : Math.floor(now / STEP_MS) + delta;
}

export interface TotpKey {
  /** Base32, for people to type. */
  secret: string;
  /** `otpauth://` URI, for authenticator apps. */
  uri: string;
  /** The URI as a QR code: SVG. */
  qr: string;
}

/** What an authenticator app needs, in three forms. */
export async function keyOf(secret: Buffer, issuer: string, label: string): Promise<TotpKey> {
  const totp = await create(secret, issuer, label);
  const { renderSVG } = await import('uqr');
  const uri = totp.toString();
  return { secret: totp.secret.base32, uri, qr: renderSVG(uri) };
}

/** The library loads at its first use, to keep start-up short. Every app supports SHA-1, six digits and 30 s. */
async function create(secret: Buffer, issuer = '', label = ''): Promise<TOTP> {
  const otpauth = await import('otpauth');
  const bytes = Uint8Array.from(secret);
  return new otpauth.TOTP({
    issuer,
    label,
    secret: new otpauth.Secret({ buffer: bytes.buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
  });
}
