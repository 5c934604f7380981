import { readFileSync } from 'node:fs';
import type { SettingName } from './env.schema.js';

/** Settings whose value is a secret. Each can be read from a file instead: SESSION_SECRETS_FILE names its path. */
export const SECRET_SETTINGS = [
  'MONGODB_URI',
  'REDIS_URL',
  'SESSION_SECRETS',
  'OIDC_PROVIDERS',
  'GITHUB_CLIENT_SECRET',
  'PASSWORD_PEPPERS',
  'MAIL_URL',
  'DATA_KEYS',
] as const satisfies SettingName[];

/** Secrets of containers and systemd take a few hundred bytes. A file beyond this limit is the wrong one. */
const MAX_BYTES = 64 * 1024;

/**
 * Replaces each `NAME_FILE` of a secret setting by `NAME` with the content of that file, without surrounding white space.
 * @param environment is changed in place
 * @returns a line for each file that cannot be used; never its content or path
 */
export function replaceSecretFiles(environment: NodeJS.ProcessEnv): string[] {
  return SECRET_SETTINGS.flatMap((name) => {
    const path = environment[`${name}_FILE`];
    if (!path) return [];
    if (environment[name]) return [`${name} and ${name}_FILE are both set: set one of them`];
    const { secret, problem } = readSecret(path);
    if (problem !== undefined) return [`${name}_FILE must name a file with the secret in it, but ${problem}`];
    environment[name] = secret;
    delete environment[`${name}_FILE`];
    return [];
  });
}

function readSecret(path: string): { secret?: string; problem?: string } {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_BYTES) return { problem: `the file is larger than ${MAX_BYTES} bytes` };
    const secret = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    return secret === '' ? { problem: 'the file is empty' } : { secret };
  } catch (error) {
    // The code of TextDecoder's error does not help an operator.
    return {
      problem:
        error instanceof TypeError
          ? 'the file is not UTF-8 text'
          : `it cannot be read (${(error as NodeJS.ErrnoException).code})`,
    };
  }
}
