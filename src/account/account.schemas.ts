import { z } from 'zod';
import { credential } from '../auth/auth.schemas.js';
import { newPassword } from '../users/users.schemas.js';

export const passwordChangeBody = z.strictObject({ currentPassword: credential, newPassword });

/** The body for an account without a password. */
export const firstPasswordBody = passwordChangeBody.omit({ currentPassword: true });

/** The response to a change of password. */
export const passwordChangeSchema = z
  .strictObject({
    msg: z.string().meta({ examples: ['Password changed'] }),
    revokedSessions: z
      .int()
      .min(0)
      .meta({ description: 'How many other sessions were ended.', examples: [2] }),
  })
  .meta({ id: 'PasswordChanged' });

export type PasswordChangeView = z.output<typeof passwordChangeSchema>;
