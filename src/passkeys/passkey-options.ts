import type { AppConfig } from '../config/app.config.js';
import { CHALLENGE_LIFETIME_MS } from './challenges.service.js';
import type { CreationOptions, RequestOptions } from './passkeys.views.js';
import type { Passkey } from './passkeys.types.js';
import { ALGORITHMS } from './webauthn.service.js';

interface NewPasskey {
  challenge: string;
  userName: string;
  userHandle: string;
  existing: Passkey[];
}

/** For a discoverable credential with user verification, which signs in without a username. */
export function creationOptions({ passkeys, appName }: AppConfig, passkey: NewPasskey): CreationOptions {
  const { challenge, userName, userHandle, existing } = passkey;
  return {
    challenge,
    rp: { id: passkeys!.rpId, name: appName },
    user: { id: userHandle, name: userName, displayName: userName },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: CHALLENGE_LIFETIME_MS,
    excludeCredentials: existing.map(descriptor),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    extensions: { credProps: true },
  };
}

/** @param allowed empty: the user chooses any passkey of this site */
export function requestOptions({ passkeys }: AppConfig, challenge: string, allowed: Passkey[] = []): RequestOptions {
  return {
    challenge,
    rpId: passkeys!.rpId,
    timeout: CHALLENGE_LIFETIME_MS,
    allowCredentials: allowed.map(descriptor),
    userVerification: 'required',
  };
}

const descriptor = ({ _id, transports }: Passkey) => ({ type: 'public-key' as const, id: _id, transports });
