import { readFileSync } from 'node:fs';
import { ConfigError } from './config.error.js';

/** Settings whose value is a secret. Each can be read from a file instead: SESSION_SECRETS_FILE names its path. */
export const SECRET_SETTINGS = [
  'MONGODB_URI',
  'REDIS_URL',
  'SESSION_SECRETS',
  'OIDC_PROVIDERS',
  'GITHUB_CLIENT_SECRET',
  'PASSWORD_PEPPERS',
] as const;

/** A container's or systemd's secret is a few hundred bytes; a larger file is another file. */
const MAX_BYTES = 64 * 1024;

/**
 * Replaces every `NAME_FILE` of a secret by `NAME` with the content of that file, without surrounding white space.
 * @throws {ConfigError} a line for each file that cannot be used; never its content
 */
export function withSecretFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result = { ...environment };
  const problems: string[] = [];
  for (const name of SECRET_SETTINGS) {
    const path = environment[`${name}_FILE`];
    if (!path) continue;
    delete result[`${name}_FILE`];
    const secret = environment[name] ? `${name} and ${name}_FILE are both set: set one of them` : readSecret(name, path);
    if (typeof secret === 'string') problems.push(secret);
    else result[name] = secret.value;
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return result;
}

/** @returns the secret, or what is wrong with the file */
function readSecret(name: string, path: string): { value: string } | string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_BYTES) return `${name}_FILE must name a file of at most ${MAX_BYTES} bytes`;
    const value = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    return value === '' ? `${name}_FILE names an empty file` : { value };
  } catch (error) {
    const { code = 'not UTF-8' } = error as NodeJS.ErrnoException;
    return `${name}_FILE must name a readable UTF-8 file (${code})`;
  }
}
