import { z } from 'zod';
import type { IssueCode } from '../errors/error-codes.js';
import { emailAddress } from './email-address.js';
import { passwordIssues } from './password-policy.js';
import { canonicalUsername, usernameIssues } from './username.js';

/**
 * A rough bound for what is normalised, then what username.ts and password-policy.ts have to say: asked here as well, so
 * that one answer names all that is wrong with a form.
 */
function text(max: number, issuesOf: (text: string) => IssueCode[]) {
  return z
    .string()
    .max(max, { abort: true })
    .superRefine((value, context) => {
      for (const code of issuesOf(value)) context.addIssue({ code: 'custom', params: { code } });
    });
}

/** PASSWORD_MIN_LENGTH may ask for more. */
const MIN_PASSWORD = 8;

export const newPassword = text(4096, (password) => passwordIssues(password, { minLength: MIN_PASSWORD })).meta({
  description: 'PASSWORD_MIN_LENGTH to 256 code points; neither common nor the username.',
  minLength: MIN_PASSWORD,
  maxLength: 256,
  examples: ['correct horse battery staple'],
});

export const signupBody = z.strictObject({
  username: text(1024, (username) => usernameIssues(canonicalUsername(username))).meta({
    description: 'Letters and digits of any script and . _ @ + -; kept in lower case, NFKC.',
    minLength: 3,
    maxLength: 64,
    examples: ['Ada'],
  }),
  password: newPassword,
  email: emailAddress.optional(),
});

export type SignupBody = z.output<typeof signupBody>;
