import { z } from 'zod';
import { sessionSchema } from '../sessions/devices/session.views.js';
import { ERROR_CODES, ISSUE_CODES, REVOCATION_REASONS, type ErrorCode, type IssueCode } from '../errors/error-codes.js';

const issueSchema = z
  .strictObject({
    path: z.string().meta({ description: "The field's name; empty for the whole.", examples: ['password'] }),
    code: z.enum(Object.keys(ISSUE_CODES) as IssueCode[]).meta({ examples: ['too_short'] }),
    message: z.string().meta({ examples: [ISSUE_CODES.too_short] }),
    limit: z
      .number()
      .optional()
      .meta({
        description: 'With `too_short`, `too_long` and `out_of_range`: the bound that was missed.',
        examples: [8],
      }),
  })
  .meta({ id: 'Issue' });

/** Every error, as errors/error-body.ts builds it. */
export const errorSchema = z
  .strictObject({
    statusCode: z.int(),
    error: z.string().meta({ description: 'The reason phrase of the status.' }),
    code: z.enum(Object.keys(ERROR_CODES) as ErrorCode[]).meta({ description: 'For programs to switch on.' }),
    message: z.string().meta({ description: 'For developers; one code, one message.' }),
    requestId: z.uuid().meta({ description: 'Equals X-Request-Id and appears in the log lines of this request.' }),
    issues: z.array(issueSchema).optional().meta({ description: 'With `validation_failed`.' }),
    reason: z.enum(REVOCATION_REASONS).optional().meta({ description: 'With `session_revoked`.' }),
    sessions: z
      .array(sessionSchema)
      .optional()
      .meta({ description: 'With `session_limit_reached`: choose one for `endSession`.' }),
    methods: z
      .array(z.string())
      .optional()
      .meta({
        description:
          'With `second_factor_required` and `code_required`: `totp`, `passkey`, `recovery_code`; with `reauthentication_required`: `password`, `passkey`, `provider`.',
        examples: [['totp', 'recovery_code']],
      }),
    continuation: z
      .string()
      .optional()
      .meta({ description: 'With `second_factor_required`: for POST /users/login/second-factor.' }),
    continuationExpiresAt: z.iso.datetime().optional(),
    options: z
      .looseObject({})
      .optional()
      .meta({ description: 'With `code_required`: WebAuthn request options, where `methods` has `passkey`.' }),
  })
  .meta({ id: 'Error' });
