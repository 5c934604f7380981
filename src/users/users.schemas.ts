import { z } from 'zod';
import type { FieldIssue } from '../errors/app.error.js';
import { emailAddress } from './email-address.js';
import { PASSWORD_MAX_LENGTH, passwordIssues } from './password-policy.js';
import { canonicalUsername, USERNAME_MAX_LENGTH, usernameIssues } from './username.js';

/** UTF-16 units per allowed code point. Longer texts are rejected before normalization, which is slow for them. */
const UNITS_PER_CODE_POINT = 16;

/**
 * Checks the rules of username.ts and password-policy.ts, so that one response lists all problems of a form. The services check
 * them again with the settings.
 */
function text(maxLength: number, issuesOf: (text: string) => FieldIssue[]) {
  return z.string().superRefine((value, context) => {
    const oversized = value.length > maxLength * UNITS_PER_CODE_POINT;
    const issues: FieldIssue[] = oversized ? [{ code: 'too_long', limit: maxLength }] : issuesOf(value);
    for (const params of issues) context.addIssue({ code: 'custom', params });
  });
}

/** PASSWORD_MIN_LENGTH may require more. */
const MIN_PASSWORD = 8;

export const newPassword = text(PASSWORD_MAX_LENGTH, (password) =>
  passwordIssues(password, { minLength: MIN_PASSWORD }),
).meta({
  description: 'PASSWORD_MIN_LENGTH to 256 code points; neither common nor the username.',
  minLength: MIN_PASSWORD,
  maxLength: PASSWORD_MAX_LENGTH,
  examples: ['correct horse battery staple'],
});

export const signupBody = z.strictObject({
  username: text(USERNAME_MAX_LENGTH, (username) => usernameIssues(canonicalUsername(username))).meta({
    description: 'Letters of any script with their combining marks, digits and . _ @ + -; stored in lower case, NFKC.',
    minLength: 3,
    maxLength: USERNAME_MAX_LENGTH,
    examples: ['Ada'],
  }),
  password: newPassword,
  email: emailAddress.optional(),
});

export type SignupBody = z.output<typeof signupBody>;
