import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { clientDataOf } from './client-data.js';
import type { AssertionCredential, RegistrationCredential } from './passkeys.schemas.js';
import type { NewCredential, Passkey, VerifiedAssertion } from './passkeys.types.js';

/** COSE algorithms: EdDSA, ES256, RS256. Authenticators of every platform support one of them. */
export const ALGORITHMS = [-8, -7, -257];

/**
 * Verifies WebAuthn signatures with @simplewebauthn/server. The library loads with the first options, because that takes
 * 259 ms. Its errors quote the client's input, so they are not passed on.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-rp-operations
 */
@Injectable()
export class WebAuthnService {
  private readonly logger = new Logger('WebAuthnService');

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  /** Loads the library while the user is busy with the authenticator. */
  preload(): void {
    import('@simplewebauthn/server').catch((error: unknown) => this.logger.error(error));
  }

  /** @returns undefined for an invalid credential */
  async verifyRegistration(credential: RegistrationCredential): Promise<NewCredential | undefined> {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    try {
      const attestationObject = await withoutAttestation(credential.response.attestationObject);
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        ...this.expectations(credential),
        response: {
          ...credential,
          response: { ...credential.response, attestationObject },
        } as RegistrationResponseJSON,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      if (!verified || registrationInfo.credential.id !== credential.id) return undefined;
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(registrationInfo.credential.publicKey).toString('base64url'),
        counter: registrationInfo.credential.counter,
        backupEligible: registrationInfo.credentialDeviceType === 'multiDevice',
        backedUp: registrationInfo.credentialBackedUp,
        transports: credential.response.transports ?? [],
      };
    } catch {
      return undefined;
    }
  }

  /**
   * Leaves the checks of counter and backup eligibility to the caller.
   * @returns undefined for an invalid assertion
   */
  async verifyAssertion(credential: AssertionCredential, passkey: Passkey): Promise<VerifiedAssertion | undefined> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...this.expectations(credential),
        response: credential as AuthenticationResponseJSON,
        // 0 disables the library's counter check, which does not support synced passkeys.
        credential: { id: passkey._id, publicKey: Buffer.from(passkey.publicKey, 'base64url'), counter: 0 },
      });
      if (!verified) return undefined;
      return {
        counter: authenticationInfo.newCounter,
        backupEligible: authenticationInfo.credentialDeviceType === 'multiDevice',
        backedUp: authenticationInfo.credentialBackedUp,
      };
    } catch {
      return undefined;
    }
  }

  private expectations({ response }: AssertionCredential | RegistrationCredential) {
    const { rpId, origins } = this.config.passkeys!;
    // Prevents clickjacking: another site may overlay a frame of this one.
    if (clientDataOf(response.clientDataJSON)?.crossOrigin) throw new Error('cross-origin');
    return {
      // ChallengesService verifies the challenge before this.
      expectedChallenge: () => true,
      expectedOrigin: origins,
      expectedRPID: rpId,
      requireUserVerification: true,
    };
  }
}

/**
 * Removes the attestation statement, which the options do not request. Evaluating one that an authenticator adds anyway could
 * download certificate revocation lists, and would reject formats that the library does not support.
 */
async function withoutAttestation(attestationObject: string): Promise<string> {
  const { decodeAttestationObject, isoCBOR } = await import('@simplewebauthn/server/helpers');
  const authData = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url'))).get('authData');
  const bare = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ]);
  return Buffer.from(isoCBOR.encode(bare as never)).toString('base64url');
}
