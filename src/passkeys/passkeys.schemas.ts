import { z } from 'zod';

const NAME_MAX = 64;
/** Characters of base64url: WebAuthn allows credential ids of up to 1,023 bytes. */
const CREDENTIAL_ID_MAX = 1364;

const base64url = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(max);

const credentialId = base64url(CREDENTIAL_ID_MAX).meta({ examples: ['3q2-7wAAAAAAAAAAAAAAAA'] });
const clientDataJSON = base64url(8192).meta({ examples: ['eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0'] });
const authenticatorData = base64url(16_384).meta({ examples: ['SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ'] });

/** Members that browsers add to `toJSON()` over time are ignored, as WebAuthn asks of relying parties. */
const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(64).nullish(),
  clientExtensionResults: z
    .looseObject({})
    .optional()
    .meta({ examples: [{}] }),
};

/** `toJSON()` of what `navigator.credentials.create()` returns. */
export const registrationCredential = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON,
      attestationObject: base64url(32_768).meta({ examples: ['o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ'] }),
      transports: z
        .array(z.string().max(32))
        .max(16)
        .optional()
        .meta({ examples: [['internal', 'hybrid']] }),
    }),
  })
  .meta({ id: 'RegistrationCredential' });

/** `toJSON()` of what `navigator.credentials.get()` returns. */
export const assertionCredential = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON,
      authenticatorData,
      signature: base64url(8192).meta({ examples: ['MEUCIQDx'] }),
      userHandle: base64url(128).nullish(),
    }),
  })
  .meta({ id: 'AssertionCredential' });

const name = z
  .string()
  .trim()
  .refine((text) => text.isWellFormed(), { params: { code: 'not_well_formed' } })
  .refine((text) => text !== '', { params: { code: 'too_short', limit: 1 } })
  .refine((text) => Array.from(text).length <= NAME_MAX, { params: { code: 'too_long', limit: NAME_MAX } })
  .refine((text) => !/\p{Cc}/u.test(text), { params: { code: 'bad_characters' } })
  .meta({ description: 'One line, not blank.', minLength: 1, maxLength: NAME_MAX, examples: ['Work laptop'] });

export const newPasskeyBody = z.strictObject({
  credential: registrationCredential,
  name: name.optional().meta({ description: 'Defaults to the device, such as `Safari on iOS`.' }),
});

export const passkeyChangesBody = z.strictObject({ name });

export const passkeySignInBody = z.strictObject({
  credential: assertionCredential,
  rememberMe: z.boolean().default(true),
  endSession: z.uuid().toLowerCase().optional(),
});

export const continuationBody = z.strictObject({
  continuation: z
    .string()
    .min(1)
    .max(4096)
    .meta({ description: 'From `second_factor_required`.', examples: ['eyJ1c2VySWQiOiI2NGYw.c2lnbmF0dXJl'] }),
});

export type ContinuationBody = z.output<typeof continuationBody>;
export type RegistrationCredential = z.output<typeof registrationCredential>;
export type AssertionCredential = z.output<typeof assertionCredential>;
export type NewPasskeyBody = z.output<typeof newPasskeyBody>;
export type PasskeyChangesBody = z.output<typeof passkeyChangesBody>;
export type PasskeySignInBody = z.output<typeof passkeySignInBody>;
