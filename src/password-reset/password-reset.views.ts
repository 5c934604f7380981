import { z } from 'zod';
import type { OpenReset } from './password-reset.service.js';

export const resetRequestedSchema = z
  .strictObject({ msg: z.string().meta({ examples: ['If there is such an account, it gets a mail'] }) })
  .meta({ id: 'PasswordResetRequested' });

export const RESET_REQUESTED = { msg: 'If there is such an account, it gets a mail' };

export const resetStatusSchema = z
  .strictObject({
    userName: z.string().meta({ examples: ['ada'] }),
    secondFactor: z
      .array(z.enum(['totp', 'passkey', 'recovery_code']))
      .meta({ description: 'Methods for the second factor that the reset needs; empty if it needs none.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'PasswordResetStatus' });

export type ResetStatusView = z.output<typeof resetStatusSchema>;

export const resetDoneSchema = z
  .strictObject({
    msg: z.string().meta({ examples: ['Password reset'] }),
    revokedSessions: z
      .int()
      .min(0)
      .meta({ description: 'How many sessions were ended.', examples: [2] }),
  })
  .meta({ id: 'PasswordReset' });

export type ResetDoneView = z.output<typeof resetDoneSchema>;

export function resetStatusView({ token, user, methods }: OpenReset): ResetStatusView {
  return { userName: user.username, secondFactor: methods, expiresAt: token.expires.toISOString() };
}
