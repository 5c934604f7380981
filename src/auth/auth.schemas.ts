import { z } from 'zod';

/** Of any credential. Bounds what is normalised and hashed; the policy for new passwords is password-policy.ts. */
export const credential = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => text.isWellFormed(), { params: { code: 'not_well_formed' } })
  .meta({ examples: ['correct horse battery staple'] });

export const loginBody = z.strictObject({
  username: credential.meta({ description: 'In any spelling that has the same canonical form.', examples: ['Ada'] }),
  password: credential,
  rememberMe: z
    .boolean()
    .default(true)
    .meta({ description: 'false: shorter lifetimes, and the cookie ends with the browser.' }),
  endSession: z
    .uuid()
    .toLowerCase()
    .optional()
    .meta({ description: 'An own session to end first, after `session_limit_reached`.' }),
});

export const reauthenticationBody = z.strictObject({ password: credential });

export type ReauthenticationBody = z.output<typeof reauthenticationBody>;
export type LoginBody = z.output<typeof loginBody>;
