/** Passkeys: the browser's own API, with the server's options as JSON. */

/** Browsers know no passkeys on an IP address. */
export const onIpAddress = /^[\d.]+$|^\[/.test(location.hostname);

/** For the user of a page at an IP address. */
export const NEEDS_HOST_NAME = 'Passkeys need a host name: open this page at localhost in place of an IP address.';

export const passkeysSupported = () =>
  !onIpAddress && 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** @returns the new credential as JSON @throws {DOMException} NotAllowedError when the user cancels */
export async function createPasskey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  return credential.toJSON();
}

/** @param more such as `{mediation, signal}` @returns the assertion as JSON */
export async function usePasskey(options, more = {}) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey, ...more });
  return credential.toJSON();
}

/** The user closed the browser's dialog, or it took too long: no error to show. */
export const isCancelled = (error) =>
  error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);

/** Tells the password manager which passkeys the server still accepts, where the browser can. */
export async function signalAccepted({ rpId, userHandle, items }) {
  await PublicKeyCredential.signalAllAcceptedCredentials?.({
    rpId,
    userId: userHandle,
    allAcceptedCredentialIds: items.map(({ credentialId }) => credentialId),
  }).catch(() => undefined);
}

/** Likewise that it has never heard of one. */
export async function signalUnknown(rpId, credentialId) {
  await PublicKeyCredential.signalUnknownCredential?.({ rpId, credentialId }).catch(() => undefined);
}
