import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import type { PasskeyView } from '../../src/passkeys/passkeys.views.js';
import { loginAs } from './accounts.js';
import { SoftwareAuthenticator, type Lies } from './software-authenticator.js';
import type { TestApp } from './test-app.js';

/** Origin of the frontend in tests; its host is the RP ID. */
export const PASSKEY_ORIGIN = 'https://app.example.com';

/** Settings that turn passkeys on. */
export const WITH_PASSKEYS = { FRONTEND_URL: PASSKEY_ORIGIN };

/** Requests options and tries to register a passkey. */
export async function tryToAddPasskey(
  agent: TestAgent,
  authenticator: SoftwareAuthenticator,
  lies: Lies = {},
  extra: object = {},
): Promise<Response> {
  const { body } = await agent.post('/users/me/passkeys/options').expect(200);
  const credential = authenticator.register((body as { options: never }).options, lies);
  return agent.post('/users/me/passkeys').send({ credential, ...extra });
}

/** Registers a passkey. @returns the authenticator that holds it, and its view */
export async function addPasskey(
  agent: TestAgent,
  { synced = true, name }: { synced?: boolean; name?: string } = {},
): Promise<{ authenticator: SoftwareAuthenticator; passkey: PasskeyView }> {
  const authenticator = new SoftwareAuthenticator(PASSKEY_ORIGIN, synced);
  const { status, body } = await tryToAddPasskey(agent, authenticator, {}, name ? { name } : {});
  if (status !== 201) throw new Error(`no passkey was added: ${status} ${JSON.stringify(body)}`);
  return { authenticator, passkey: body as PasskeyView };
}

/** A client that is signed in to a new account with a passkey. */
export async function loginWithPasskey(app: TestApp, options: { synced?: boolean } = {}) {
  const agent = await loginAs(app);
  return { agent, ...(await addPasskey(agent, options)) };
}

/** Tries to sign in with a passkey. */
export async function signInByPasskey(
  agent: TestAgent,
  authenticator: SoftwareAuthenticator,
  lies: Lies = {},
  extra: object = {},
): Promise<Response> {
  const { body } = await agent.post('/users/login/passkey/options').expect(200);
  const credential = authenticator.assert((body as { options: never }).options, lies);
  return agent.post('/users/login/passkey').send({ credential, ...extra });
}
