import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  freshEmail,
  PASSWORD,
  signIn,
  signUpVerified,
  type Credentials,
  type VerifiedAccount,
} from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { expectError } from '../support/expect-error.js';
import { tokenIn } from '../support/mail-links.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { codeFor, typeCode } from '../support/verification.js';

const NEW_PASSWORD = 'a wholly new horse battery';

let smtp: SmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await SmtpServer.start();
  app = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_IP: '100000/1h' });
  app.canaries.add(NEW_PASSWORD);
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const owner = () => signUpVerified(app);

const users = () => app.db.collection('users');
const request = (body: object) => app.agent().post('/password-resets').send(body);
const status = (token: string) => app.agent().post('/password-resets/status').send({ token });
const reset = (token: string, newPassword = NEW_PASSWORD, agent = app.agent()) =>
  agent.put('/password-resets').send({ token, newPassword });
const logIn = ({ username }: Credentials, password: string, agent = app.agent()) =>
  agent.post('/users/login').send({ username, password });

/** The token of the next link that is mailed to the owner. */
async function tokenFor({ username, email }: VerifiedAccount): Promise<string> {
  await request({ username }).expect(202);
  const token = tokenIn(await smtp.mailTo(email, 'Reset'), 'reset-password');
  app.canaries.add(token);
  return token;
}

describe('a token', () => {
  it('can be checked for its account and expiry without being used up', async () => {
    const ada = await owner();
    const token = await tokenFor(ada);
    for (let i = 0; i < 2; i++) {
      const { body } = await status(token).expect(200);
      expect(body).toEqual({ userName: ada.username, secondFactor: [], expiresAt: expect.any(String) });
      const lasts = Date.parse(body.expiresAt) - Date.now();
      expect(lasts).toBeGreaterThan(25 * 60_000);
      expect(lasts).toBeLessThanOrEqual(30 * 60_000);
    }
  });

  it('sets the password, ends every session and does not sign in', async () => {
    const ada = await owner();
    const elsewhere = await signIn(app, ada);
    await signIn(app, ada);
    const browser = app.agent();
    const response = await reset(await tokenFor(ada), NEW_PASSWORD, browser).expect(200);
    expect(response.body).toEqual({ msg: 'Password reset', revokedSessions: 2 });
    expect(setCookie(response, 'sid')).toBeUndefined();
    expect(setCookie(response, 'device')).toBeDefined();
    expectError(await elsewhere.get('/users/me'), 'session_revoked', { reason: 'password_reset' });
    expectError(await browser.get('/users/me'), 'not_signed_in');
    expectError(await logIn(ada, PASSWORD), 'invalid_credentials');
    await logIn(ada, NEW_PASSWORD, browser).expect(200);
    const { body } = await browser.get('/users/me/activity').expect(200);
    expect(body.items.map(({ type }: { type: string }) => type)).toContain('password_reset');
    await smtp.mailTo(ada.email, 'was reset');
  });

  it('is void after its use, and so are the others of the account', async () => {
    const ada = await owner();
    const first = await tokenFor(ada);
    const second = await tokenFor(ada);
    await reset(first).expect(200);
    for (const token of [first, second]) {
      expectError(await status(token), 'invalid_token');
      expectError(await reset(token), 'invalid_token');
    }
  });

  it('is used once by concurrent requests', async () => {
    const token = await tokenFor(await owner());
    const responses = await Promise.all(Array.from({ length: 5 }, () => reset(token)));
    expect(responses.filter(({ status: code }) => code === 200)).toHaveLength(1);
  });

  it('is void after a change of the password', async () => {
    const ada = await owner();
    const agent = await signIn(app, ada);
    const token = await tokenFor(ada);
    await agent
      .put('/users/me/password')
      .send({ currentPassword: PASSWORD, newPassword: 'another good horse battery' })
      .expect(200);
    expectError(await reset(token), 'invalid_token');
  });

  it('is void after a change and after a removal of the address', async () => {
    const ada = await owner();
    const agent = await signIn(app, ada);
    const removed = await tokenFor(ada);
    await agent.delete('/users/me/email').expect(204);
    expectError(await status(removed), 'invalid_token');
    const eve = await owner();
    const browser = await signIn(app, eve);
    const changed = await tokenFor(eve);
    const email = freshEmail();
    await browser.put('/users/me/email').send({ email }).expect(202);
    await status(changed).expect(200);
    await typeCode(browser, await codeFor(smtp, email)).expect(200);
    expectError(await status(changed), 'invalid_token');
  });

  it('voids a pending change of the address', async () => {
    const ada = await owner();
    const agent = await signIn(app, ada);
    const email = freshEmail();
    await agent.put('/users/me/email').send({ email }).expect(202);
    const code = await codeFor(smtp, email);
    await reset(await tokenFor(ada)).expect(200);
    const again = await signIn(app, { ...ada, password: NEW_PASSWORD });
    expect((await again.get('/users/me').expect(200)).body).not.toHaveProperty('pendingEmail');
    expectError(await typeCode(again, code), 'wrong_code');
  });

  it('is void when it has expired and when its account was deleted', async () => {
    const ada = await owner();
    const token = await tokenFor(ada);
    const user = await users().findOne({ username: ada.username });
    await app.db.collection('password_resets').updateOne({ userId: user!._id }, { $set: { expires: new Date() } });
    expectError(await status(token), 'invalid_token');
    expectError(await status('unknown'), 'invalid_token');
    const [eve, bob] = [await owner(), await owner()];
    const agent = await signIn(app, eve);
    const [orphan, kept] = [await tokenFor(eve), await tokenFor(bob)];
    await agent.delete('/users/me').expect(204);
    expectError(await reset(orphan), 'invalid_token');
    // Not the expired token, which MongoDB may have removed by now.
    expect((await status(kept)).status).toBe(200);
  });

  it('stays valid when the new password is rejected', async () => {
    const ada = await owner();
    const token = await tokenFor(ada);
    for (const [password, code] of [
      ['short', 'too_short'],
      ['password1', 'common_password'],
      [ada.username, 'equals_username'],
    ] as const) {
      expect((await reset(token, password)).body).toMatchObject({
        code: 'validation_failed',
        issues: [{ path: 'newPassword', code }],
      });
    }
    await reset(token).expect(200);
  });

  it('is not in the database, while its mail waits and after it was sent', async () => {
    const ada = await owner();
    const token = await tokenFor(ada);
    const everything = async () => {
      const names = (await app.db.listCollections().toArray()).map(({ name }) => name);
      return JSON.stringify(await Promise.all(names.map((name) => app.db.collection(name).find().toArray())));
    };
    expect(await everything()).not.toContain(token);
    smtp.fail('greeting', 421);
    onTestFinished(() => smtp.heal());
    await request({ username: ada.username }).expect(202);
    const failed = { kind: 'password_reset', lastFailure: { $exists: true } };
    await expect.poll(() => app.db.collection('outbox').countDocuments(failed)).toBe(1);
    const waiting = await everything();
    smtp.heal();
    await app.db.collection('outbox').updateMany({}, { $set: { nextAt: new Date() } });
    const second = tokenIn(await smtp.mailTo(ada.email, 'Reset'), 'reset-password');
    expect(waiting).not.toContain(second);
    await reset(second).expect(200);
  });

  it('is rejected in the wrong type and in the query', async () => {
    for (const body of [{}, { token: 1 }, { token: '' }, { token: { $ne: null } }]) {
      expect((await app.agent().post('/password-resets/status').send(body)).body).toMatchObject({
        code: 'validation_failed',
      });
    }
    for (const name of ['token', 'code', 'recoveryCode', 'continuation']) {
      expectError(await app.agent().post(`/password-resets/status?${name}=x`).send({}), 'credentials_in_query');
    }
  });
});

describe('deleting the account', () => {
  it('removes its address, codes, tokens and reset jobs, and leaves queued notices', async () => {
    const ada = await owner();
    const agent = await signIn(app, ada);
    await tokenFor(ada);
    const { _id: userId } = (await users().findOne({ username: ada.username }))!;
    await agent.put('/users/me/email').send({ email: freshEmail() }).expect(202);
    smtp.fail('greeting', 421);
    onTestFinished(() => smtp.heal());
    await request({ username: ada.username }).expect(202);
    await request({ email: ada.email }).expect(202);
    await agent.delete('/users/me').expect(204);
    for (const name of ['addresses', 'email_undos']) {
      expect([name, await app.db.collection(name).countDocuments({ userId })]).toEqual([name, 0]);
    }
    // A delivery that was running during the deletion may have stored a token, which is removed after it.
    await expect.poll(() => app.db.collection('password_resets').countDocuments({ userId })).toBe(0);
    expect(await app.db.collection('email_codes').countDocuments({ _id: userId })).toBe(0);
    const jobs = await app.db.collection('outbox').find().toArray();
    expect(jobs.filter(({ kind }) => kind === 'password_reset' || kind === 'email_code')).toEqual([]);
    smtp.heal();
    await app.db.collection('outbox').updateMany({}, { $set: { nextAt: new Date() } });
    await smtp.mailTo(ada.email, 'deleted');
  });
});

describe('guessing elsewhere', () => {
  it('does not delay the owner who has just reset the password', async () => {
    const ada = await owner();
    const token = await tokenFor(ada);
    for (let i = 0; i < 6; i++) await logIn(ada, 'not the password');
    const browser = app.agent();
    await reset(token, NEW_PASSWORD, browser).expect(200);
    expect((await logIn(ada, NEW_PASSWORD, browser)).status).toBe(200);
  });
});

// Last: passport's strategies are shared by all apps of the process.
describe('guesses of tokens', () => {
  it('count in LOGIN_RATE_PER_IP', async () => {
    const limited = await startTestApp({ ...smtp.settings, LOGIN_RATE_PER_IP: '2/1h' });
    const guesses: ((agent: TestAgent) => PromiseLike<{ status: number; body: unknown }>)[] = [
      (agent) => agent.post('/password-resets/status').send({ token: 'unknown' }),
      (agent) => agent.put('/password-resets').send({ token: 'unknown', newPassword: NEW_PASSWORD }),
      (agent) => agent.post('/email-changes/undo').send({ token: 'unknown' }),
    ];
    for (const guess of guesses.slice(0, 2)) expect((await guess(limited.agent())).status).toBe(400);
    for (const guess of guesses) expect((await guess(limited.agent())).body).toMatchObject({ code: 'rate_limited' });
    await limited.close();
  });
});
