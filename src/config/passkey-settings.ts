import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Env } from './env.schema.js';
import { frontendUrlOf } from './mail-settings.js';

export interface PasskeySettings {
  /** The domain that passkeys are bound to. */
  rpId: string;
  /** Pages and apps that may use passkeys, compared as text. */
  origins: string[];
}

const ANDROID_ORIGIN = /^android:apk-key-hash:[\w-]+=?$/;

/** A domain: browsers do not bind passkeys to IP addresses. */
export function parseRpId(text: string): string | undefined {
  const domain = domainToASCII(text);
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(domain) && isIP(domain) === 0 ? domain : undefined;
}

/** Origins of websites, and of Android apps by their signing certificate. */
export function parsePasskeyOrigins(text: string): string[] | undefined {
  const origins = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return origins.length > 0 && origins.every(isPasskeyOrigin) ? origins : undefined;
}

/** @returns null, which turns passkeys off, if there is no domain to bind them to */
export function toPasskeys(env: Partial<Env>): PasskeySettings | null {
  const frontendUrl = frontendUrlOf(env);
  if (!frontendUrl) return null;
  const { hostname, origin } = new URL(frontendUrl);
  const rpId = env.PASSKEY_RP_ID ?? parseRpId(hostname);
  return rpId === undefined ? null : { rpId, origins: env.PASSKEY_ORIGINS ?? [origin] };
}

function isPasskeyOrigin(text: string): boolean {
  if (ANDROID_ORIGIN.test(text)) return true;
  return /^https?:/.test(text) && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
}
