import { z } from 'zod';

/** Types and rough bounds; username.ts and password-policy.ts say what a good one is. */
export const newPassword = z
  .string()
  .max(4096)
  .meta({
    description: 'PASSWORD_MIN_LENGTH to 256 code points; neither common nor the username.',
    minLength: 8,
    maxLength: 256,
    examples: ['correct horse battery staple'],
  });

export const signupBody = z.strictObject({
  username: z
    .string()
    .max(1024)
    .meta({
      description: 'Letters and digits of any script and . _ @ + -; kept in lower case, NFKC.',
      minLength: 3,
      maxLength: 64,
      examples: ['Ada'],
    }),
  password: newPassword,
  email: z
    .email()
    .max(254)
    .optional()
    .meta({ examples: ['ada@example.com'] }),
});

export type SignupBody = z.output<typeof signupBody>;
