import { z } from 'zod';
import { identifierFields, oneIdentifier, oneSecondFactor, totpCode } from '../auth/auth.schemas.js';
import { assertionCredential } from '../passkeys/passkeys.schemas.js';
import { mailToken } from '../mail/mail-token.js';
import { newPassword } from '../users/users.schemas.js';

export const resetRequestBody = z.strictObject(identifierFields).check(oneIdentifier);

export const resetStatusBody = z.strictObject({ token: mailToken });

export const resetBody = z
  .strictObject({
    token: mailToken,
    newPassword,
    code: totpCode.optional(),
    recoveryCode: z.string().max(64).optional(),
    credential: assertionCredential.optional(),
  })
  .check(oneSecondFactor({ required: false }));

export type ResetRequestBody = z.output<typeof resetRequestBody>;
export type ResetStatusBody = z.output<typeof resetStatusBody>;
export type ResetBody = z.output<typeof resetBody>;
