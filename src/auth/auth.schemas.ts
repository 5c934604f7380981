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

/** At most one second factor, or exactly one if `required`. */
export const oneSecondFactor = ({ required }: { required: boolean }) =>
  oneOf(Object.keys(secondFactorFields), required);

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

/** Exactly one of `username` and `email`. */
export const oneIdentifier = oneOf(['username', 'email'], true);

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
  // A passkey proves both factors, in place of the password.
  .check(oneOf(['password', 'credential'], true));

export type ReauthenticationBody = z.output<typeof reauthenticationBody>;
export type LoginBody = z.output<typeof loginBody>;

/**
 * At most one of these fields, or exactly one if `required`. Runs even if other checks fail, so that one response names all
 * issues.
 */
function oneOf(names: string[], required: boolean) {
  const issueOf = (field: string, code: IssueCode) => ({ code: 'custom' as const, path: [field], params: { code } });
  return z.superRefine<unknown>(
    (body, context) => {
      const given = names.filter((name) => (body as Record<string, unknown>)[name] !== undefined);
      if (required && given.length === 0) context.addIssue(issueOf(names[0]!, 'required'));
      for (const name of given.slice(1)) context.addIssue(issueOf(name, 'unknown_field'));
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  );
}
