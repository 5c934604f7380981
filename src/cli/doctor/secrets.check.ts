import type { AppConfig } from '../../config/app.config.js';
import { failed, warning, type Problem } from './check.types.js';

/** With fewer bits, a secret could be guessed offline from one cookie. 32 random hexadecimal digits have 128 bits. */
const LEAST_BITS = 96;
const PLACEHOLDER = /change.?me|secret|passwor|example|default|replace|placeholder|qwerty|your[-_ ]|tests?[-_ ]/i;
const REPEATED = /^(.{1,16})\1+.{0,16}$/s;
const MAKE_ONE = `Make one with: node -p "require('crypto').randomBytes(32).toString('base64url')"`;

/** Secrets of the settings, named by their place in the list, never by their value. */
export function secretProblems({ production, session, password, dataKeys }: AppConfig): Problem[] {
  const named = [
    ...session.secrets.map((secret, index) => ({ name: `SESSION_SECRETS, number ${index + 1}`, secret })),
    ...dataKeys.map(({ id, secret }) => ({ name: `DATA_KEYS, ${id}`, secret })),
    ...password.peppers.map(({ id, secret }) => ({ name: `PASSWORD_PEPPERS, ${id}`, secret })),
  ];
  const secrets = named.map(({ secret }) => secret);
  const report = production ? failed : warning;
  const weak = named.flatMap(({ name, secret }) => {
    if (PLACEHOLDER.test(secret)) {
      return [report('secret_placeholder', `${name}: looks like a placeholder`, MAKE_ONE)];
    }
    if (REPEATED.test(secret) || bitsOf(secret) < LEAST_BITS) {
      return [
        report('secret_weak', `${name}: can be guessed: it repeats itself or has few different characters`, MAKE_ONE),
      ];
    }
    return [];
  });
  if (new Set(secrets).size === secrets.length) return weak;
  return [
    ...weak,
    report(
      'secret_reused',
      'The same secret is used twice',
      `Use a different secret for each purpose and rotation. ${MAKE_ONE}`,
    ),
  ];
}

/** Shannon entropy of the secret's characters: an upper bound, so a low value is certainly weak. */
export function bitsOf(secret: string): number {
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  const { length } = secret;
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / length), 0);
}
