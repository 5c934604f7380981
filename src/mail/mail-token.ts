import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A token of a mailed link, in a request body. Expired, used and unknown tokens get the same response. */
export const mailToken = z
  .string()
  .min(1)
  .max(1024)
  .meta({
    description: 'The part of the mailed link after the #.',
    examples: ['the-token-of-the-link'],
  });

/** The stored form of a token: 256 random bits need no salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
