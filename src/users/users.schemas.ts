import { z } from 'zod';

/** Types and rough bounds; username.ts and password-policy.ts say what a good one is. */
export const newPassword = z.string().max(4096);

export const signupBody = z.strictObject({
  username: z.string().max(1024),
  password: newPassword,
  email: z.email().max(254).optional(),
});

export type SignupBody = z.output<typeof signupBody>;
