import { describe, expect, it } from 'vitest';
import { SoftwareAuthenticator, type Lies } from '../../test/support/software-authenticator.js';
import type { AppConfig } from '../config/app.config.js';
import type { Passkey } from './passkeys.types.js';
import { WebAuthnService } from './webauthn.service.js';

const ORIGIN = 'https://app.example.com';
const ANDROID = 'android:apk-key-hash:Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI';
const RP = 'example.com';

const webauthn = new WebAuthnService({ passkeys: { rpId: RP, origins: [ORIGIN, ANDROID] } } as unknown as AppConfig);
const creation = { challenge: 'Y2hhbGxlbmdl', rp: { id: RP }, user: { id: 'aGFuZGxl' } };
const request = { challenge: 'b3RoZXItY2hhbGxlbmdl', rpId: RP };

async function registered(authenticator: SoftwareAuthenticator): Promise<Passkey> {
  const { credentialId, ...credential } = (await webauthn.verifyRegistration(authenticator.register(creation)))!;
  return { _id: credentialId, ...credential } as Passkey;
}

describe('a registration', () => {
  it.each([
    ['a synced passkey', true],
    ['a device-bound passkey', false],
  ])('is accepted: %s', async (_, synced) => {
    const credential = new SoftwareAuthenticator(ORIGIN, synced).register(creation);
    expect(await webauthn.verifyRegistration(credential)).toEqual({
      credentialId: credential.id,
      publicKey: expect.stringMatching(/^[\w-]{60,}$/) as string,
      counter: 0,
      backupEligible: synced,
      backedUp: synced,
      transports: ['internal', 'hybrid'],
    });
  });

  it('is accepted from an app whose origin is listed', async () => {
    const credential = new SoftwareAuthenticator(ANDROID).register(creation);
    expect(await webauthn.verifyRegistration(credential)).toBeDefined();
  });

  it.each(['packed', 'apple', 'tpm', 'a-format-to-come'])(
    'is accepted with an attestation statement, which is not evaluated: %s',
    async (fmt) => {
      const attestation = { fmt, attStmt: new Map<string, unknown>([['x5c', [Buffer.from('no certificate')]]]) };
      const credential = new SoftwareAuthenticator(ORIGIN).register(creation, { attestation });
      expect(await webauthn.verifyRegistration(credential)).toBeDefined();
    },
  );

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://app.example.com.evil.test' }],
    ['a subdomain that is not listed', { origin: 'https://other.example.com' }],
    ['another scheme', { origin: 'http://app.example.com' }],
    ['a frame on another site', { crossOrigin: true }],
    ['another RP ID', { rpId: 'app.example.com' }],
    ['no user verification', { userVerified: false }],
    ['no user presence', { userPresent: false }],
    ['an assertion in place of a registration', { type: 'webauthn.get' }],
    ['backed up though it cannot be', { backupEligible: false, backedUp: true }],
    ['an algorithm that was not offered', { algorithm: -65535 }],
  ])('is rejected: %s', async (_, lies) => {
    const credential = new SoftwareAuthenticator(ORIGIN).register(creation, lies);
    expect(await webauthn.verifyRegistration(credential)).toBeUndefined();
  });

  it('is rejected when its id is not the one that the authenticator made', async () => {
    const credential = new SoftwareAuthenticator(ORIGIN).register(creation);
    expect(await webauthn.verifyRegistration({ ...credential, id: 'b3RoZXI', rawId: 'b3RoZXI' })).toBeUndefined();
  });

  it.each(['', 'AAAA', 'o2NmbXRkbm9uZQ', '_'.repeat(2000), 'gYGBgYGB'.repeat(2000)])(
    'is rejected when its attestation object is none: %#',
    async (attestationObject) => {
      const credential = new SoftwareAuthenticator(ORIGIN).register(creation);
      const response = { ...credential.response, attestationObject };
      expect(await webauthn.verifyRegistration({ ...credential, response })).toBeUndefined();
    },
  );
});

describe('an assertion', () => {
  it('is accepted with the counter and the flags that it reports', async () => {
    const authenticator = new SoftwareAuthenticator(ORIGIN, false);
    const passkey = await registered(authenticator);
    expect(await webauthn.verifyAssertion(authenticator.assert(request), passkey)).toEqual({
      counter: 1,
      backupEligible: false,
      backedUp: false,
    });
  });

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['a frame on another site', { crossOrigin: true }],
    ['another RP ID', { rpId: 'evil.test' }],
    ['no user verification', { userVerified: false }],
    ['no user presence', { userPresent: false }],
    ['a registration in place of an assertion', { type: 'webauthn.create' }],
    ['a signature by another key', { foreignKey: true }],
  ])('is rejected: %s', async (_, lies) => {
    const authenticator = new SoftwareAuthenticator(ORIGIN);
    const passkey = await registered(authenticator);
    expect(await webauthn.verifyAssertion(authenticator.assert(request, lies), passkey)).toBeUndefined();
  });

  it.each(['AAAA', 'MEUCIQDx', '_'.repeat(200)])('is rejected when its signature is none: %s', async (signature) => {
    const authenticator = new SoftwareAuthenticator(ORIGIN);
    const passkey = await registered(authenticator);
    const credential = authenticator.assert(request);
    const response = { ...credential.response, signature };
    expect(await webauthn.verifyAssertion({ ...credential, response }, passkey)).toBeUndefined();
  });
});
