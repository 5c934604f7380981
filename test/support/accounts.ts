import { randomUUID } from 'node:crypto';
import type TestAgent from 'supertest/lib/agent.js';
import type { VerifiedAddress } from '../../src/users/addresses.repository.js';
import type { TestApp } from './test-app.js';

export const PASSWORD = 'correct horse battery staple';

export interface Credentials {
  username: string;
  password: string;
}

export interface VerifiedAccount extends Credentials {
  email: string;
}

/** A username that no account has. */
export function freshUsername(): string {
  return `user-${randomUUID()}`;
}

/** An email address that no account has. */
export function freshEmail(): string {
  return `${freshUsername()}@example.com`;
}

/** Signs up a new account. */
export async function signUp(app: TestApp, credentials: Partial<Credentials> = {}): Promise<Credentials> {
  const account = { username: freshUsername(), password: PASSWORD, ...credentials };
  await app.agent().post('/users/signup').send(account).expect(201);
  return account;
}

/** A client that is signed in to a new account: `const ada = await loginAs(app)`. */
export async function loginAs(app: TestApp, credentials: Partial<Credentials> = {}): Promise<TestAgent> {
  return signIn(app, await signUp(app, credentials));
}

/** A client that is signed in to this account, with the session cookie in its jar. */
export async function signIn(
  app: TestApp,
  { username, password }: Credentials,
  extra: object = {},
): Promise<TestAgent> {
  const agent = app.agent();
  await agent
    .post('/users/login')
    .send({ username, password, ...extra })
    .expect(200);
  return agent;
}

/** Gives the account this email address, verified. */
export async function verifyEmail({ db }: TestApp, { username }: Credentials, email: string): Promise<void> {
  const change = { $set: { email, emailVerifiedAt: new Date() } };
  const user = await db.collection('users').findOneAndUpdate({ username }, change);
  await db.collection<VerifiedAddress>('addresses').insertOne({ _id: email.toLowerCase(), userId: user!._id });
}

/** A new account whose email address is verified. */
export async function signUpVerified(app: TestApp, email = freshEmail()): Promise<VerifiedAccount> {
  const account = await signUp(app);
  await verifyEmail(app, account, email);
  return { ...account, email };
}
