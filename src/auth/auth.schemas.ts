import { z } from 'zod';
import type { IssueCode } from '../errors/error-codes.js';
import { emailAddress } from '../users/email-address.js';

/** Any username or password that a client sends. Limits the work of hashing; new passwords follow password-policy.ts. */
export const credential = z
  .string()
  .min(1)
  .max(1024)
  .refine((text) => text.isWellFormed(), { params: { code: 'not_well_formed' } })
  .meta({ examples: ['correct horse battery staple'] });

/** A TOTP code as typed. The service ignores spaces and treats any text other than six digits as a wrong code. */
export const totpCode = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'Six digits from the authenticator app, if a second factor is on.', examples: ['123456'] });

/** The fields that prove a second factor. */
export const secondFactorFields = {
  code: totpCode.optional(),
  recoveryCode: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .meta({ description: 'Case and dashes do not matter.', examples: ['7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE'] }),
  credential: z
    .looseObject({})
    .optional()
    .meta({ description: 'A passkey assertion: `PublicKeyCredential.toJSON()`.' }),
};

/** At most one second factor, or exactly one if `required`. Runs even if other checks fail, as `oneIdentifier` does. */
export const oneSecondFactor = ({ required }: { required: boolean }) =>
  z.superRefine<unknown>(
    (body, context) => {
      const given = Object.keys(secondFactorFields).filter(
        (name) => (body as Record<string, unknown>)[name] !== undefined,
      );
      if (required && given.length === 0) context.addIssue(issueOf('code', 'required'));
      for (const name of given.slice(1)) context.addIssue(issueOf(name, 'unknown_field'));
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  );

export const endSession = z
  .uuid()
  .toLowerCase()
  .optional()
  .meta({ description: 'The id of a session of the user to revoke first, after `session_limit_reached`.' });

/** The fields that name an account: its username, or its verified email address. */
export const identifierFields = {
  username: credential
    .optional()
    .meta({ description: 'Any spelling with the same canonical form. Send this or `email`.', examples: ['Ada'] }),
  email: emailAddress.optional().meta({ description: 'A verified email address, in place of `username`.' }),
};

export type AccountIdentifier = Partial<Record<keyof typeof identifierFields, string>>;

/** Exactly one of `username` and `email`. Runs even if other checks fail, so that one response names all issues. */
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
      .meta({ description: 'false: shorter timeouts, and a cookie that ends with the browser session.' }),
    endSession,
  })
  .check(oneIdentifier);

export const reauthenticationBody = z
  .strictObject({ password: credential.optional(), ...secondFactorFields })
  .check(oneSecondFactor({ required: false }))
  .check(passwordOrPasskey());

export type ReauthenticationBody = z.output<typeof reauthenticationBody>;
export type LoginBody = z.output<typeof loginBody>;

/** A passkey proves both factors, in place of the password. */
function passwordOrPasskey() {
  return z.superRefine<unknown>(
    (body, context) => {
      const { password, credential: passkey } = body as Record<string, unknown>;
      if (password === undefined && passkey === undefined) context.addIssue(issueOf('password', 'required'));
      if (password !== undefined && passkey !== undefined) context.addIssue(issueOf('credential', 'unknown_field'));
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  );
}
