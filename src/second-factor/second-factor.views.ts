import { z } from 'zod';
import { loginSchema } from '../auth/auth.views.js';
import type { StoredFactors } from './second-factors.repository.js';

export const secondStepSchema = z
  .strictObject({
    ...loginSchema.shape,
    returnTo: z
      .string()
      .optional()
      .meta({ description: 'Where a sign-in by a provider was to lead: a path.', examples: ['/'] }),
  })
  .meta({ id: 'SecondStep' });

export type SecondStepView = z.output<typeof secondStepSchema>;

export const secondFactorSchema = z
  .strictObject({
    totp: z.strictObject({ enabledAt: z.iso.datetime() }).optional(),
    recoveryCodes: z
      .strictObject({
        left: z
          .int()
          .min(0)
          .meta({ description: 'How many are unused.', examples: [10] }),
        createdAt: z.iso.datetime(),
      })
      .optional(),
    passkeys: z
      .int()
      .min(0)
      .meta({ description: 'How many the account has.', examples: [0] }),
    required: z.boolean().meta({ description: 'Whether every account needs a second factor.', examples: [false] }),
  })
  .meta({ id: 'SecondFactor' });

export type SecondFactorView = z.output<typeof secondFactorSchema>;

export const totpKeySchema = z
  .strictObject({
    secret: z.string().meta({ description: 'Base32, to type.', examples: ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'] }),
    uri: z.string().meta({
      description: 'For an app on the same device.',
      examples: ['otpauth://totp/Session%20Auth:ada?secret=…'],
    }),
    qr: z.string().meta({ description: 'The URI as a QR code: SVG.', examples: ['<svg xmlns="…"></svg>'] }),
    expiresAt: z.iso.datetime().meta({ description: 'The first code must be confirmed before.' }),
  })
  .meta({ id: 'TotpKey' });

export type TotpKeyView = z.output<typeof totpKeySchema>;

const recoveryCodes = z
  .array(z.string())
  .meta({ description: 'Shown this once; each works once.', examples: [['7KQ2-M0DX-9TRW-4HCB-Z1YN-8GFE']] });

export const totpEnabledSchema = z
  .strictObject({
    recoveryCodes: recoveryCodes.optional(),
    revokedSessions: z
      .int()
      .min(0)
      .meta({ description: 'How many other sessions were ended.', examples: [2] }),
  })
  .meta({ id: 'TotpEnabled' });

export type TotpEnabledView = z.output<typeof totpEnabledSchema>;

export const recoveryCodesSchema = z.strictObject({ recoveryCodes }).meta({ id: 'RecoveryCodes' });

export type RecoveryCodesView = z.output<typeof recoveryCodesSchema>;

export function secondFactorView(stored: StoredFactors, required: boolean): SecondFactorView {
  const { totp, recoveryCodes: codes, passkeyCount = 0 } = stored;
  return {
    ...(totp && { totp: { enabledAt: totp.enabledAt.toISOString() } }),
    ...(codes && { recoveryCodes: { left: codes.hashes.length, createdAt: codes.createdAt.toISOString() } }),
    passkeys: passkeyCount,
    required,
  };
}
