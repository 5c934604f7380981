import { z } from 'zod';
import { mailToken } from '../mail/mail-token.js';
import { emailAddress } from '../users/email-address.js';

export const emailBody = z.strictObject({ email: emailAddress });

export const codeBody = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(64)
    .meta({
      description: 'Eight characters. Case and dashes are ignored, O is read as 0, I and L as 1.',
      examples: ['7K3M-9QXZ'],
    }),
});

export const undoBody = z.strictObject({ token: mailToken });

export type EmailBody = z.output<typeof emailBody>;
export type CodeBody = z.output<typeof codeBody>;
export type UndoBody = z.output<typeof undoBody>;
