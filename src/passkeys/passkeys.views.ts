import { z } from 'zod';
import type { Passkey } from './passkeys.types.js';

const credentialId = z.string().meta({
  description: 'The credential id in base64url.',
  examples: ['3q2-7wAAAAAAAAAAAAAAAA'],
});
const userHandle = z.string().meta({
  description: '32 random bytes in base64url that name the account to authenticators.',
  examples: ['dGhlLXVzZXItaGFuZGxl'],
});
const rpId = z.string().meta({ description: 'The domain that passkeys are bound to.', examples: ['example.com'] });

export const passkeySchema = z
  .strictObject({
    id: z.uuid().meta({ description: 'The id in URLs.' }),
    credentialId,
    name: z.string().meta({ examples: ['Work laptop'] }),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().optional(),
    synced: z.boolean().meta({ description: 'Whether the passkey can be synced between devices.', examples: [true] }),
    backedUp: z.boolean().meta({ description: 'Whether it is synced at present.', examples: [true] }),
  })
  .meta({ id: 'Passkey' });

export type PasskeyView = z.output<typeof passkeySchema>;

export const passkeysSchema = z
  .strictObject({
    rpId,
    userHandle,
    items: z.array(passkeySchema),
  })
  .meta({ id: 'Passkeys', description: 'What `PublicKeyCredential.signalAllAcceptedCredentials()` needs.' });

export type PasskeysView = z.output<typeof passkeysSchema>;

const challenge = z.string().meta({ description: 'Valid for five minutes, once.', examples: ['AZrQm1cAZm9vYmFy'] });
const timeout = z.int().meta({ description: 'Milliseconds.', examples: [300_000] });
const credentialType = z.literal('public-key');
const descriptors = z.array(
  z.strictObject({
    type: credentialType,
    id: credentialId,
    transports: z.array(z.string()).meta({ examples: [['internal']] }),
  }),
);

/** PublicKeyCredentialCreationOptionsJSON: input of `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
export const creationOptionsSchema = z
  .strictObject({
    challenge,
    rp: z.strictObject({ id: rpId, name: z.string().meta({ examples: ['Session Auth'] }) }),
    user: z.strictObject({
      id: userHandle,
      name: z.string().meta({ examples: ['ada'] }),
      displayName: z.string().meta({ examples: ['ada'] }),
    }),
    pubKeyCredParams: z.array(z.strictObject({ type: credentialType, alg: z.int().meta({ examples: [-7] }) })),
    timeout,
    excludeCredentials: descriptors,
    authenticatorSelection: z.strictObject({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
    extensions: z.strictObject({ credProps: z.literal(true) }),
  })
  .meta({ id: 'PasskeyCreationOptions' });

export type CreationOptions = z.output<typeof creationOptionsSchema>;

/** PublicKeyCredentialRequestOptionsJSON: input of `PublicKeyCredential.parseRequestOptionsFromJSON()`. */
export const requestOptionsSchema = z
  .strictObject({
    challenge,
    rpId,
    timeout,
    allowCredentials: descriptors,
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequestOptions' });

export type RequestOptions = z.output<typeof requestOptionsSchema>;

export const creationSchema = z.strictObject({ options: creationOptionsSchema }).meta({ id: 'PasskeyCreation' });
export const requestSchema = z.strictObject({ options: requestOptionsSchema }).meta({ id: 'PasskeyRequest' });

export type CreationView = z.output<typeof creationSchema>;
export type RequestView = z.output<typeof requestSchema>;

export function passkeyView({
  publicId,
  _id,
  name,
  createdAt,
  lastUsedAt,
  backupEligible,
  backedUp,
}: Passkey): PasskeyView {
  return {
    id: publicId,
    credentialId: _id,
    name,
    createdAt: createdAt.toISOString(),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
    synced: backupEligible,
    backedUp,
  };
}
