import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freshEmail, freshUsername, loginAs, PASSWORD, signIn, signUp, signUpVerified } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { codeIn } from '../support/mail-links.js';
import { SmtpServer } from '../support/smtp-server.js';
import { databaseUri, startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';
import { codeFor, typeCode, VERIFICATION } from '../support/verification.js';

let smtp: SmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await SmtpServer.start();
  app = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_IP: '100000/1h', MAIL_RATE_PER_RECIPIENT: '100/15m' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const users = () => app.db.collection('users');
const me = async (agent: TestAgent) => (await agent.get('/users/me').expect(200)).body;

/** A client that is signed in to an account whose address is verified. */
async function verified(): Promise<{ agent: TestAgent; email: string }> {
  const account = await signUpVerified(app);
  return { agent: await signIn(app, account), email: account.email };
}

describe('the address of a sign-up', () => {
  it('gets a code at once, which verifies it once, in any spelling', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    expect(await me(agent)).toMatchObject({ email, emailVerified: false });
    const mail = await smtp.mailTo(email);
    const code = codeIn(mail);
    expect(mail.text).toContain(`https://app.example.com/verify-email#${code.replace('-', '')}`);
    expect(mail.subject).not.toContain(code.slice(0, 4));
    const typed = ` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect((await typeCode(agent, typed).expect(200)).body).toEqual({ email, emailVerified: true });
    expect(await me(agent)).toMatchObject({ email, emailVerified: true });
    expectError(await typeCode(agent, code), 'wrong_code');
    await agent.post('/users/login').send({ email: email.toUpperCase(), password: PASSWORD }).expect(200);
  });

  it('gets the same response as without one, also if another account has verified it', async () => {
    const { email } = await verified();
    const username = freshUsername();
    const response = await app.agent().post('/users/signup').send({ username, password: PASSWORD, email }).expect(201);
    expect(response.body).toEqual({
      msg: 'User successfully registered',
      userId: expect.any(String),
      userName: username,
    });
    const agent = await signIn(app, { username, password: PASSWORD });
    expectError(await typeCode(agent, await codeFor(smtp, email)), 'email_taken');
    expect(await me(agent)).toMatchObject({ email, emailVerified: false });
  });

  it('stays unverified by a code that another account was sent', async () => {
    const email = freshEmail();
    await signUp(app, { email } as object);
    const code = await codeFor(smtp, email);
    const other = await loginAs(app, { email } as object);
    await codeFor(smtp, email);
    expectError(await typeCode(other, code), 'wrong_code');
  });
});

describe('a code', () => {
  it('is void after five tries, the right one included', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(smtp, email);
    for (let i = 0; i < 5; i++) expectError(await typeCode(agent, i % 2 ? '00000000' : 'anything'), 'wrong_code');
    expectError(await typeCode(agent, code), 'wrong_code');
    expect(await me(agent)).toMatchObject({ emailVerified: false });
  });

  it('allows five tries in all, also for concurrent guesses', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(smtp, email);
    const guesses = Array.from({ length: 20 }, () => typeCode(agent, '00000000'));
    for (const response of await Promise.all(guesses)) expectError(response, 'wrong_code');
    expectError(await typeCode(agent, code), 'wrong_code');
  });

  it('is used once by concurrent requests', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(smtp, email);
    const responses = await Promise.all(Array.from({ length: 5 }, () => typeCode(agent, code)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is void once a newer one was requested, and the response says when that one expires', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const first = await codeFor(smtp, email);
    const { body } = await agent.post(VERIFICATION).expect(202);
    expect(Object.keys(body)).toEqual(['expiresAt']);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const second = await codeFor(smtp, email);
    expectError(await typeCode(agent, first), 'wrong_code');
    await typeCode(agent, second).expect(200);
  });

  it('is void after its time, and after a change of the password', async () => {
    const email = freshEmail();
    const account = await signUp(app, { email } as object);
    const agent = await signIn(app, account);
    const code = await codeFor(smtp, email);
    const newPassword = 'another good horse battery';
    await agent.put('/users/me/password').send({ currentPassword: PASSWORD, newPassword }).expect(200);
    expectError(await typeCode(agent, code), 'wrong_code');
    await agent.post(VERIFICATION).expect(202);
    const next = await codeFor(smtp, email);
    const user = await users().findOne({ username: account.username });
    await app.db.collection('email_codes').updateOne({ _id: user!._id }, { $set: { expires: new Date() } });
    expectError(await typeCode(agent, next), 'wrong_code');
  });

  it('is in no collection and in no log, while its mail waits and after it has gone', async () => {
    const everything = async () => {
      const collections = await app.db.collections();
      return JSON.stringify(await Promise.all(collections.map((collection) => collection.find().toArray())));
    };
    smtp.fail('greeting', 421);
    onTestFinished(() => smtp.heal());
    const email = freshEmail();
    await signUp(app, { email } as object);
    const failed = { kind: 'email_code', lastFailure: { $exists: true } };
    await expect.poll(() => app.db.collection('outbox').countDocuments(failed)).toBeGreaterThan(0);
    const waiting = await everything();
    smtp.heal();
    await app.db.collection('outbox').updateMany(failed, { $set: { nextAt: new Date() } });
    const typed = await codeFor(smtp, email);
    const code = typed.replace('-', '');
    // The app fails to close where one of them is in its log.
    for (const spelling of [typed, code]) app.canaries.add(spelling);
    for (const stored of [waiting, await everything()]) {
      expect(stored).toContain(email);
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(typed);
    }
  });
});

it('an address that was stored before verification existed is unverified', async () => {
  const account = await signUp(app);
  const email = freshEmail();
  await users().updateOne({ username: account.username }, { $set: { email } });
  const agent = await signIn(app, account);
  expect(await me(agent)).toMatchObject({ email, emailVerified: false });
  expectError(await agent.post('/users/login').send({ email, password: PASSWORD }), 'invalid_credentials');
  await agent.post(VERIFICATION).expect(202);
  await typeCode(agent, await codeFor(smtp, email)).expect(200);
});

it('a code is accepted after SESSION_SECRETS were rotated', async () => {
  const email = freshEmail();
  const account = await signUp(app, { email } as object);
  const code = await codeFor(smtp, email);
  const SESSION_SECRETS = `another-secret-for-tests-only-of-enough-length,${TEST_SECRET}`;
  const MONGODB_URI = databaseUri(app.db.databaseName);
  const singleProcess = 'its secrets are its own';
  const rotated = await startTestApp({ ...smtp.settings, MONGODB_URI, SESSION_SECRETS }, { singleProcess });
  const agent = await signIn(rotated, account);
  expect((await typeCode(agent, code)).status).toBe(200);
  await rotated.app.close();
});
