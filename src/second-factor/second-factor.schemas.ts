import { z } from 'zod';
import { endSession, oneSecondFactor, secondFactorFields, totpCode } from '../auth/auth.schemas.js';

export const secondStepBody = z
  .strictObject({
    continuation: z
      .string()
      .min(1)
      .max(4096)
      .meta({
        description: 'From `second_factor_required`, or the fragment that a provider sign-in leads to.',
        examples: ['eyJ1c2VySWQiOiI2NGYwYzNhOWUxM2I1ZDBhNGM4ZTlmMjEifQ.c2lnbmF0dXJl'],
      }),
    ...secondFactorFields,
    endSession,
  })
  .check(oneSecondFactor({ required: true }));

export type SecondStepBody = z.output<typeof secondStepBody>;

export const totpBody = z.strictObject({ code: totpCode });

export type TotpBody = z.output<typeof totpBody>;
