import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type TestAgent from 'supertest/lib/agent.js';
import { signIn, signUp, type Credentials } from './accounts.js';
import type { TestApp } from './test-app.js';

export const SECOND_STEP = '/users/login/second-factor';

const STEP_MS = 30_000;

/** An account with TOTP on. */
export interface SecondFactorAccount extends Credentials {
  /** Base32. */
  secret: string;
  recoveryCodes: string[];
}

/**
 * The code that the authenticator app shows.
 * @param stepOffset 1 for the next code, which the server accepts already; it rejects a step that was used
 */
export function totpCode(secret: string, stepOffset = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: Date.now() + stepOffset * STEP_MS });
}

/** Six digits that match no step that the server accepts now or soon. */
export function wrongCode(secret: string): string {
  const near = new Set([-3, -2, -1, 0, 1, 2, 3].map((offset) => totpCode(secret, offset)));
  return ['000000', '111111', '222222', '333333', '444444', '555555', '666666', '777777'].find((c) => !near.has(c))!;
}

/** Turns TOTP on for the signed-in user. Raises the session to `aal` 2. */
export async function enableTotp(agent: TestAgent): Promise<Pick<SecondFactorAccount, 'secret' | 'recoveryCodes'>> {
  const { body: key } = await agent.post('/users/me/totp').expect(201);
  const { secret } = key as { secret: string };
  // The code of the previous step leaves two later steps to sign in with. If a new step begins meanwhile, it expires: retry.
  const confirm = () => agent.put('/users/me/totp').send({ code: totpCode(secret, -1) });
  const first = await confirm();
  const { body } = first.status === 403 ? await confirm().expect(200) : first;
  return { secret, recoveryCodes: (body as { recoveryCodes: string[] }).recoveryCodes };
}

/** An account with TOTP on, and a client that is signed in to it with its second factor. */
export async function signInWithSecondFactor(
  app: TestApp,
  credentials: Partial<Credentials> = {},
): Promise<{ agent: TestAgent; account: SecondFactorAccount }> {
  const account = await signUp(app, credentials);
  const agent = await signIn(app, account);
  return { agent, account: { ...account, ...(await enableTotp(agent)) } };
}

/** An account with TOTP on. Its own session is not used any further. */
export async function signUpWithSecondFactor(app: TestApp): Promise<SecondFactorAccount> {
  const { account } = await signInWithSecondFactor(app);
  return account;
}

/** The first step of a sign-in. @returns the continuation for the second */
export async function firstStep(
  app: TestApp,
  { username, password }: Credentials,
  agent = app.agent(),
): Promise<string> {
  const { body } = await agent.post('/users/login').send({ username, password }).expect(401);
  expect(body).toMatchObject({ code: 'second_factor_required' });
  return (body as { continuation: string }).continuation;
}

/** Resets the last used step, as if half a minute had passed. */
export async function forgetLastStep({ db }: TestApp, { username }: Credentials): Promise<void> {
  await db.collection('users').updateOne({ username }, { $set: { 'totpSecret.lastStep': 0 } });
}
