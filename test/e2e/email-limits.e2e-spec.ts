import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEmail, freshUsername, loginAs, PASSWORD } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { codeFor, typeCode, VERIFICATION } from '../support/verification.js';

const ROUTE = '/users/me/email';

let smtp: SmtpServer;
beforeAll(async () => {
  smtp = await SmtpServer.start();
});
afterAll(() => smtp.close());

describe('limits of mail', () => {
  it('drop codes of one account beyond MAIL_RATE_PER_RECIPIENT in silence, and leave the valid one valid', async () => {
    const limited = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_RECIPIENT: '2/15m' });
    const email = freshEmail();
    const agent = await loginAs(limited, { email } as object);
    await codeFor(smtp, email);
    const { body } = await agent.post(VERIFICATION).expect(202);
    const code = await codeFor(smtp, email);
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
    await typeCode(agent, await codeFor(smtp, email)).expect(200);
    for (let i = 0; i < 3; i++) {
      expectError(await agent.put(ROUTE).send({ email }), 'nothing_to_verify');
      expectError(await agent.post(VERIFICATION), 'nothing_to_verify');
    }
    await agent.put(ROUTE).send({ email: next }).expect(202);
    await typeCode(agent, await codeFor(smtp, next)).expect(200);
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
    await typeCode(agent, await codeFor(smtp, email)).expect(200);
    await agent.post('/posts').send(post).expect(201);
    await agent.post('/users/logout').expect(200);
  });
});
