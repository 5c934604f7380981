import { z } from 'zod';

/** Of any credential. Bounds what is normalised and hashed; the policy for new passwords is password-policy.ts. */
export const credential = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => text.isWellFormed(), { params: { code: 'not_well_formed' } });

export const loginBody = z.strictObject({
  username: credential,
  password: credential,
  rememberMe: z.boolean().default(true),
  endSession: z.uuid().optional(),
});

export const reauthenticationBody = z.strictObject({ password: credential });

export type ReauthenticationBody = z.output<typeof reauthenticationBody>;
export type LoginBody = z.output<typeof loginBody>;
