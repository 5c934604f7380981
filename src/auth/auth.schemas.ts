import { z } from 'zod';
import type { IssueCode } from '../errors/error-codes.js';
import { emailAddress } from '../users/email-address.js';

/** Of any credential. Bounds what is normalised and hashed; the policy for new passwords is password-policy.ts. */
export const credential = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => text.isWellFormed(), { params: { code: 'not_well_formed' } })
  .meta({ examples: ['correct horse battery staple'] });

/** Six digits; spaces are ignored, and any other text is a wrong code. */
export const totpCode = z
  .string()
  .max(64)
  .meta({ description: 'Six digits of the authenticator app, where a second factor is on.', examples: ['123456'] });

/** The fields that name an account: its username, or its verified email address. */
export const identifierFields = {
  username: credential
    .optional()
    .meta({ description: 'In any spelling that has the same canonical form; or `email`.', examples: ['Ada'] }),
  email: emailAddress.optional().meta({ description: 'A verified address, in place of `username`.' }),
};

export type AccountIdentifier = Partial<Record<keyof typeof identifierFields, string>>;

/** Exactly one of `username` and `email`. Runs beside the other checks, so that one response names all issues. */
export const oneIdentifier = z.superRefine<unknown>(
  (body, context) => {
    const { username, email } = body as AccountIdentifier;
    if (username === undefined && email === undefined) context.addIssue(issueOf('username', 'required'));
    if (username !== undefined && email !== undefined) context.addIssue(issueOf('email', 'unknown_field'));
  },
  { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
);

const issueOf = (field: string, code: IssueCode) => ({ code: 'custom' as const, path: [field], params: { code } });

export const loginBody = z
  .strictObject({
    ...identifierFields,
    password: credential,
    code: totpCode.optional(),
    rememberMe: z
      .boolean()
      .default(true)
      .meta({ description: 'false: shorter lifetimes, and the cookie ends with the browser.' }),
    endSession: z
      .uuid()
      .toLowerCase()
      .optional()
      .meta({ description: 'An own session to end first, after `session_limit_reached`.' }),
  })
  .check(oneIdentifier);

export const reauthenticationBody = z.strictObject({ password: credential });

export type ReauthenticationBody = z.output<typeof reauthenticationBody>;
export type LoginBody = z.output<typeof loginBody>;
