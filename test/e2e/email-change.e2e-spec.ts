import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEmail, loginAs, PASSWORD, signIn, signUpVerified } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { hasLink } from '../support/mail-links.js';
import { SmtpServer } from '../support/smtp-server.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { codeFor, typeCode, VERIFICATION } from '../support/verification.js';

const ROUTE = '/users/me/email';

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

const me = async (agent: TestAgent) => (await agent.get('/users/me').expect(200)).body;

/** A client that is signed in to an account whose address is verified. */
async function verified(): Promise<{ agent: TestAgent; email: string }> {
  const account = await signUpVerified(app);
  return { agent: await signIn(app, account), email: account.email };
}

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
    await typeCode(agent, await codeFor(smtp, email)).expect(200);
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
    await typeCode(agent, await codeFor(smtp, email)).expect(200);
  });

  it('gets the same response if the address belongs to another account, and email_taken after the right code', async () => {
    const { email } = await verified();
    const { agent, email: own } = await verified();
    const { body } = await agent.put(ROUTE).send({ email }).expect(202);
    expect(body).toEqual({ pendingEmail: email, expiresAt: expect.any(String) });
    expectError(await typeCode(agent, await codeFor(smtp, email)), 'email_taken');
    expect(await me(agent)).toMatchObject({ email: own, emailVerified: true });
  });

  it('is completed by one of several concurrent accounts, and the others get email_taken', async () => {
    const email = freshEmail();
    const agents: TestAgent[] = [];
    const codes: string[] = [];
    for (let i = 0; i < 5; i++) {
      agents.push(await loginAs(app, { email } as object));
      codes.push(await codeFor(smtp, email));
    }
    const responses = await Promise.all(agents.map((agent, i) => typeCode(agent, codes[i]!)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const response of responses.filter(({ status }) => status !== 200)) expectError(response, 'email_taken');
  });

  it('keeps the old address reserved for EMAIL_CHANGE_UNDO, and free after that', async () => {
    const { agent, email: old } = await verified();
    const email = freshEmail();
    await agent.put(ROUTE).send({ email }).expect(202);
    await typeCode(agent, await codeFor(smtp, email)).expect(200);
    const other = await loginAs(app, { email: old } as object);
    expectError(await typeCode(other, await codeFor(smtp, old)), 'email_taken');
    const addresses = app.db.collection<{ _id: string }>('addresses');
    await addresses.updateOne({ _id: old }, { $set: { until: new Date(Date.now() - 1) } });
    await other.post(VERIFICATION).expect(202);
    await typeCode(other, await codeFor(smtp, old)).expect(200);
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
    expectError(await typeCode(other, await codeFor(smtp, email)), 'email_taken');
    await agent.delete(ROUTE).expect(204);
  });

  it('of an unverified address voids its code', async () => {
    const email = freshEmail();
    const agent = await loginAs(app, { email } as object);
    const code = await codeFor(smtp, email);
    await agent.delete(ROUTE).expect(204);
    expectError(await typeCode(agent, code), 'wrong_code');
  });
});
