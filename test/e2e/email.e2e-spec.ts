import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  freshUsername,
  loginAs,
  PASSWORD,
  signIn,
  signUp,
  verifyEmail,
  type Credentials,
} from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { codeIn, hasLink } from '../support/mail-links.js';
import { SmtpServer } from '../support/smtp-server.js';
import { letTimePass } from '../support/stored-sessions.js';
import { databaseUri, startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';

const ROUTE = '/users/me/email';
const VERIFICATION = '/users/me/email/verification';

const freshEmail = () => `${freshUsername()}@example.com`;

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
const typeCode = (agent: TestAgent, code: string) => agent.put(VERIFICATION).send({ code });

/** The latest code that was mailed to the address. */
const codeFor = async (email: string) => codeIn(await smtp.mailTo(email, 'Verify'));

/** A client that is signed in to an account whose address is verified. */
async function verified(email = freshEmail()): Promise<{ agent: TestAgent; email: string; account: Credentials }> {
  const account = await signUp(app);
  await verifyEmail(app, account, email);
  return { agent: await signIn(app, account), email, account };
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
    expectError(await typeCode(agent, await codeFor(email)), 'email_taken');
    expect(await me(agent)).toMatchObject({ email, emailVerified: false });
  });

  it('stays unverified by a code that another account was sent', async () => {
    const email = freshEmail();
    await signUp(app, { email } as object);
    const code = await codeFor(email);
    const other = await loginAs(app, { email } as object);
    await codeFor(email);
    expectError(await typeCode(other, code), 'wrong_code');
  });
});

describe('a code', () => {
  it('is void after five tries, the right one included', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(email);
    for (let i = 0; i < 5; i++) expectError(await typeCode(agent, i % 2 ? '00000000' : 'anything'), 'wrong_code');
    expectError(await typeCode(agent, code), 'wrong_code');
    expect(await me(agent)).toMatchObject({ emailVerified: false });
  });

  it('allows five tries in all, also for concurrent guesses', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(email);
    const guesses = Array.from({ length: 20 }, () => typeCode(agent, '00000000'));
    for (const response of await Promise.all(guesses)) expectError(response, 'wrong_code');
    expectError(await typeCode(agent, code), 'wrong_code');
  });

  it('is used once by concurrent requests', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(email);
    const responses = await Promise.all(Array.from({ length: 5 }, () => typeCode(agent, code)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is void once a newer one was requested, and the response says when that one expires', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const first = await codeFor(email);
    const { body } = await agent.post(VERIFICATION).expect(202);
    expect(Object.keys(body)).toEqual(['expiresAt']);
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const second = await codeFor(email);
    expectError(await typeCode(agent, first), 'wrong_code');
    await typeCode(agent, second).expect(200);
  });

  it('is void after its time, and after a change of the password', async () => {
    const email = freshEmail();
    const account = await signUp(app, { email } as object);
    const agent = await signIn(app, account);
    const code = await codeFor(email);
    const newPassword = 'another good horse battery';
    await agent.put('/users/me/password').send({ currentPassword: PASSWORD, newPassword }).expect(200);
    expectError(await typeCode(agent, code), 'wrong_code');
    await agent.post(VERIFICATION).expect(202);
    const next = await codeFor(email);
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
    const typed = await codeFor(email);
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

describe('a change of the address', () => {
  it('leaves a verified address in force until the code is typed, and notifies the old one before and after', async () => {
    const { agent, email: old } = await verified();
    const email = freshEmail();
    const { body } = await agent.put(ROUTE).send({ email }).expect(202);
    expect(body).toEqual({ pendingEmail: email, expiresAt: expect.any(String) });
    expect(await me(agent)).toMatchObject({ email: old, emailVerified: true, pendingEmail: email });
    const asked = await smtp.mailTo(old, 'about to change');
    expect(asked.text).toContain(email);
    expect(hasLink(asked, 'undo-email-change')).toBe(false);
    await typeCode(agent, await codeFor(email)).expect(200);
    const profile = await me(agent);
    expect(profile).toMatchObject({ email, emailVerified: true });
    expect(profile).not.toHaveProperty('pendingEmail');
    expect(hasLink(await smtp.mailTo(old, 'was changed'), 'undo-email-change')).toBe(true);
    expect(hasLink(await smtp.mailTo(email, 'was changed'), 'undo-email-change')).toBe(false);
    expectError(await app.agent().post('/users/login').send({ email: old, password: PASSWORD }), 'invalid_credentials');
    await app.agent().post('/users/login').send({ email, password: PASSWORD }).expect(200);
  });

  it('replaces an unverified address at once', async () => {
    const agent = await loginAs(app, { email: freshEmail() } as object);
    const email = freshEmail();
    await agent.put(ROUTE).send({ email }).expect(202);
    const profile = await me(agent);
    expect(profile).toMatchObject({ email, emailVerified: false });
    expect(profile).not.toHaveProperty('pendingEmail');
    await typeCode(agent, await codeFor(email)).expect(200);
  });

  it('gets the same response if the address belongs to another account, and email_taken after the right code', async () => {
    const { email } = await verified();
    const { agent, email: own } = await verified();
    const { body } = await agent.put(ROUTE).send({ email }).expect(202);
    expect(body).toEqual({ pendingEmail: email, expiresAt: expect.any(String) });
    expectError(await typeCode(agent, await codeFor(email)), 'email_taken');
    expect(await me(agent)).toMatchObject({ email: own, emailVerified: true });
  });

  it('is completed by one of several concurrent accounts, and the others get email_taken', async () => {
    const email = freshEmail();
    const agents: TestAgent[] = [];
    const codes: string[] = [];
    for (let i = 0; i < 5; i++) {
      agents.push(await loginAs(app, { email } as object));
      codes.push(await codeFor(email));
    }
    const responses = await Promise.all(agents.map((agent, i) => typeCode(agent, codes[i]!)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const response of responses.filter(({ status }) => status !== 200)) expectError(response, 'email_taken');
  });

  it('keeps the old address reserved for EMAIL_CHANGE_UNDO, and free after that', async () => {
    const { agent, email: old } = await verified();
    const email = freshEmail();
    await agent.put(ROUTE).send({ email }).expect(202);
    await typeCode(agent, await codeFor(email)).expect(200);
    const other = await loginAs(app, { email: old } as object);
    expectError(await typeCode(other, await codeFor(old)), 'email_taken');
    const addresses = app.db.collection<{ _id: string }>('addresses');
    await addresses.updateOne({ _id: old }, { $set: { until: new Date(Date.now() - 1) } });
    await other.post(VERIFICATION).expect(202);
    await typeCode(other, await codeFor(old)).expect(200);
  });

  it('needs a recent sign-in, like a removal', async () => {
    const { agent } = await verified();
    await letTimePass(app.sessions, (await agent.get('/sessions/current')).body.id);
    const methods = ['password'];
    expectError(await agent.put(ROUTE).send({ email: freshEmail() }), 'reauthentication_required', { methods });
    expectError(await agent.delete(ROUTE), 'reauthentication_required', { methods });
  });

  it('is rejected for the verified address itself, in any spelling', async () => {
    const { agent, email } = await verified();
    expectError(await agent.put(ROUTE).send({ email: email.toUpperCase() }), 'nothing_to_verify');
    expectError(await agent.post(VERIFICATION), 'nothing_to_verify');
    expectError(await (await loginAs(app)).post(VERIFICATION), 'nothing_to_verify');
    expectError(await typeCode(agent, '00000000'), 'wrong_code');
  });

  it.each([{}, { email: 'no address' }, { email: 1 }, { email: 'a@b.example', more: true }])(
    'is rejected for %j',
    async (body) => {
      const { agent } = await verified();
      expect((await agent.put(ROUTE).send(body)).body).toMatchObject({ code: 'validation_failed' });
    },
  );
});

describe('a removal of the address', () => {
  it('sends a notice to the address, which stays reserved', async () => {
    const { agent, email } = await verified();
    await agent.delete(ROUTE).expect(204);
    const profile = await me(agent);
    expect(profile).toMatchObject({ emailVerified: false });
    expect(profile).not.toHaveProperty('email');
    expect(hasLink(await smtp.mailTo(email, 'removed'), 'undo-email-change')).toBe(true);
    const other = await loginAs(app, { email } as object);
    expectError(await typeCode(other, await codeFor(email)), 'email_taken');
    await agent.delete(ROUTE).expect(204);
  });

  it('of an unverified address voids its code', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(email);
    await agent.delete(ROUTE).expect(204);
    expectError(await typeCode(agent, code), 'wrong_code');
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
  await typeCode(agent, await codeFor(email)).expect(200);
});

// From here on each test has its own app: passport's strategies are shared by all apps of the process.
describe('limits of mail', () => {
  it('drop codes of one account beyond MAIL_RATE_PER_RECIPIENT in silence, and leave the valid one valid', async () => {
    const limited = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_RECIPIENT: '2/15m' });
    const email = freshEmail();
    const agent = await loginAs(limited, { email } as object);
    await codeFor(email);
    const { body } = await agent.post(VERIFICATION).expect(202);
    const code = await codeFor(email);
    const dropped = await agent.post(VERIFICATION).expect(202);
    expect(dropped.body).toEqual(body);
    await typeCode(agent, code).expect(200);
    expect(smtp.mails.filter((mail) => mail.envelopeTo.includes(email))).toHaveLength(2);
    await limited.close();
  });

  it('are not used up by requests that mail no code', async () => {
    const limited = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_RECIPIENT: '2/15m' });
    const [email, next] = [freshEmail(), freshEmail()];
    const agent = await loginAs(limited, { email } as object);
    await typeCode(agent, await codeFor(email)).expect(200);
    for (let i = 0; i < 3; i++) {
      expectError(await agent.put(ROUTE).send({ email }), 'nothing_to_verify');
      expectError(await agent.post(VERIFICATION), 'nothing_to_verify');
    }
    await agent.put(ROUTE).send({ email: next }).expect(202);
    await typeCode(agent, await codeFor(next)).expect(200);
    await limited.close();
  });

  it('reject requests for mail beyond MAIL_RATE_PER_IP, whatever they are for', async () => {
    const limited = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_IP: '2/1h' });
    const agent = await loginAs(limited, { email: freshEmail() } as object);
    await agent.post(VERIFICATION).expect(202);
    const responses = [
      await agent.post(VERIFICATION),
      await agent.put(ROUTE).send({ email: freshEmail() }),
      await agent.post('/users/signup').send({ username: freshUsername(), password: PASSWORD, email: freshEmail() }),
      await agent.post('/password-resets').send({ username: freshUsername() }),
    ];
    for (const response of responses) expectError(response, 'rate_limited');
    await agent.post('/users/signup').send({ username: freshUsername(), password: PASSWORD }).expect(201);
    await limited.close();
  });
});

describe('without mail', () => {
  it('the routes that need it are 404, and an address can still be removed', async () => {
    const silent = await startTestApp();
    const agent = await loginAs(silent, { email: freshEmail() } as object);
    const responses = [
      await agent.put(ROUTE).send({ email: freshEmail() }),
      await agent.post(VERIFICATION),
      await agent.put(VERIFICATION).send({ code: '00000000' }),
      await agent.post('/email-changes/undo').send({ token: 'any' }),
      await agent.post('/password-resets').send({ username: 'ada' }),
    ];
    for (const response of responses) expectError(response, 'not_found');
    await agent.delete(ROUTE).expect(204);
    const { body } = await agent.get('/auth/methods').expect(200);
    expect(body).toMatchObject({ passwordReset: false, emailVerification: false, emailRequired: false });
    await silent.close();
  });
});

describe('EMAIL_VERIFICATION=required', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await startTestApp({ ...smtp.settings, EMAIL_VERIFICATION: 'required' });
  });
  afterAll(() => strict.close());

  it('needs an address at sign-up', async () => {
    const response = await strict.agent().post('/users/signup').send({ username: freshUsername(), password: PASSWORD });
    expect(response.body).toMatchObject({ code: 'validation_failed', issues: [{ path: 'email', code: 'required' }] });
  });

  it("rejects all but the account's own routes until it is verified", async () => {
    const email = freshEmail();
    const agent = await loginAs(strict, { email } as object);
    for (const path of [
      '/users/me',
      '/users/protected',
      '/users/me/activity',
      '/sessions',
      '/sessions/current',
      '/posts',
    ]) {
      await agent.get(path).expect(200);
    }
    const post = { title: 'One', content: 'text' };
    expectError(await agent.post('/posts').send(post), 'email_not_verified');
    await typeCode(agent, await codeFor(email)).expect(200);
    await agent.post('/posts').send(post).expect(201);
    await agent.post('/users/logout').expect(200);
  });
});

it('a code is accepted after SESSION_SECRETS were rotated', async () => {
  const email = freshEmail();
  const account = await signUp(app, { email } as object);
  const code = await codeFor(email);
  const SESSION_SECRETS = `another-secret-for-tests-only-of-enough-length,${TEST_SECRET}`;
  const MONGODB_URI = databaseUri(app.db.databaseName);
  const alone = 'its secrets are its own';
  const rotated = await startTestApp({ ...smtp.settings, MONGODB_URI, SESSION_SECRETS }, { alone });
  const agent = await signIn(rotated, account);
  expect((await typeCode(agent, code)).status).toBe(200);
  await rotated.app.close();
});
