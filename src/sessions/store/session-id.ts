import { hash } from 'node:crypto';

/** The stored form of a secret session id. 192 random bits need neither a salt nor a slow hash. */
export function hashSessionId(secretId: string): string {
  return hash('sha256', secretId, 'base64url');
}
