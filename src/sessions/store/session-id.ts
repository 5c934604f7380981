import { hash } from 'node:crypto';

/** How a secret session id is stored and looked up. 192 random bits need no salt and no slow hash. */
export function hashSessionId(secretId: string): string {
  return hash('sha256', secretId, 'base64url');
}
