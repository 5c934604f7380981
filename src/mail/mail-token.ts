import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A token of a mailed link, in a request body. Expired, used and unknown tokens get one response. */
export const mailToken = z
  .string()
  .min(1)
  .max(1024)
  .meta({
    description: 'What stands behind the # of the mailed link.',
    examples: ['the-token-of-the-link'],
  });

/** What is stored of a token of 256 bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
