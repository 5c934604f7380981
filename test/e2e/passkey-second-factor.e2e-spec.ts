import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs, signIn, signUp, signUpVerified } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { tokenIn } from '../support/mail-links.js';
import { addPasskey, loginWithPasskey, WITH_PASSKEYS } from '../support/passkeys.js';
import { SmtpServer } from '../support/smtp-server.js';
import type { SoftwareAuthenticator, Lies } from '../support/software-authenticator.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { SECOND_STEP } from '../support/second-factor.js';

interface Options {
  challenge: string;
  rpId: string;
  allowCredentials: { id: string }[];
}

describe('a passkey as the second factor of a sign-in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ ...WITH_PASSKEYS, SECOND_FACTOR: 'required' });
  });
  afterAll(() => app.close());

  /** An account with a passkey as its second factor, after the first step of a sign-in. */
  async function begin() {
    const account = await signUp(app);
    const agent = await signIn(app, account);
    const { authenticator, passkey } = await addPasskey(agent);
    const device = app.agent();
    return { account, agent, authenticator, passkey, device, continuation: await firstStep(device, account) };
  }

  async function firstStep(device: TestAgent, account: object): Promise<string> {
    const { status, body } = await device.post('/users/login').send(account);
    expect([status, body.code, body.methods]).toEqual([401, 'second_factor_required', ['passkey']]);
    return body.continuation as string;
  }

  async function optionsFor(continuation: string): Promise<Options> {
    const { body } = await app.agent().post('/users/login/second-factor/options').send({ continuation }).expect(200);
    return body.options as Options;
  }

  it('raises the session that registers it to aal 2, under a new id', async () => {
    const agent = await loginAs(app);
    const { body: before } = await agent.get('/sessions/current').expect(200);
    await addPasskey(agent);
    const { body: after } = await agent.get('/sessions/current').expect(200);
    expect([before.aal, after.aal]).toEqual([1, 2]);
    expect(after.id).not.toBe(before.id);
    await addPasskey(agent);
    const { body: same } = await agent.get('/sessions/current').expect(200);
    expect(same.id).toBe(after.id);
  });

  it('completes it', async () => {
    const { authenticator, passkey, device, continuation } = await begin();
    const options = await optionsFor(continuation);
    expect(options.allowCredentials.map(({ id }) => id)).toEqual([passkey.credentialId]);
    const credential = authenticator.assert(options);
    const { status, body } = await device.post(SECOND_STEP).send({ continuation, credential });
    expect(status).toBe(200);
    expect(body.session).toMatchObject({ aal: 2, amr: ['pwd', 'pop', 'user', 'mfa'] });
    await device.get('/users/protected').expect(200);
  });

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['no user verification', { userVerified: false }],
    ['a signature by another key', { foreignKey: true }],
    ['the user handle of another account', { userHandle: 'A'.repeat(43) }],
  ])('is rejected with wrong_code, and the continuation stays good: %s', async (_, lies) => {
    const { authenticator, device, continuation } = await begin();
    const options = await optionsFor(continuation);
    const step = (credential: object) => device.post(SECOND_STEP).send({ continuation, credential });
    expectError(await step(authenticator.assert(options, lies)), 'wrong_code');
    expect((await step(authenticator.assert(options))).status).toBe(200);
  });

  it('needs the challenge of the same sign-in', async () => {
    const { account, authenticator, device, continuation } = await begin();
    const { body } = await app.agent().post('/users/login/passkey/options').expect(200);
    const another = await optionsFor(await firstStep(app.agent(), account));
    for (const { challenge } of [body.options as Options, another]) {
      const credential = authenticator.assert(await optionsFor(continuation), { challenge });
      expectError(await device.post(SECOND_STEP).send({ continuation, credential }), 'wrong_code');
    }
  });

  it('works once', async () => {
    const { authenticator, device, continuation } = await begin();
    const credential = authenticator.assert(await optionsFor(continuation));
    const step = () => device.post(SECOND_STEP).send({ continuation, credential });
    expect((await step()).status).toBe(200);
    expectError(await step(), 'wrong_code');
  });

  it('must belong to the account', async () => {
    const { device, continuation } = await begin();
    const other = await loginWithPasskey(app);
    const { challenge, rpId } = await optionsFor(continuation);
    const credential = other.authenticator.assert({ challenge, rpId });
    expectError(await device.post(SECOND_STEP).send({ continuation, credential }), 'wrong_code');
  });

  it('has options only for a valid continuation', async () => {
    const { account, agent, continuation } = await begin();
    const ask = (text: unknown) => app.agent().post('/users/login/second-factor/options').send({ continuation: text });
    expectError(await ask('made-up'), 'sign_in_expired');
    const { body } = await agent.get('/users/me').expect(200);
    const users = app.db.collection('users');
    await users.updateOne({ username: body.userName }, { $set: { disabledAt: new Date() } });
    expectError(await ask(continuation), 'account_disabled');
    await users.updateOne({ username: body.userName }, { $unset: { disabledAt: 1 } });
    const change = { currentPassword: account.password, newPassword: 'another good horse battery' };
    await agent.put('/users/me/password').send(change).expect(200);
    expectError(await ask(continuation), 'sign_in_expired');
    expect((await ask({ $ne: null })).body.code).toBe('validation_failed');
  });

  it('cannot be removed while a second factor is required', async () => {
    const { agent, passkey } = await begin();
    expectError(await agent.delete(`/users/me/passkeys/${passkey.id}`), 'second_factor_setup_required');
    const { passkey: second } = await addPasskey(agent);
    await agent.delete(`/users/me/passkeys/${passkey.id}`).expect(204);
    await agent.delete('/users/me/password').expect(204);
    expectError(await agent.delete(`/users/me/passkeys/${second.id}`), 'last_sign_in_method');
  });
});

describe('a passkey for re-authentication', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(WITH_PASSKEYS);
  });
  afterAll(() => app.close());

  const optionsOf = async (agent: TestAgent): Promise<Options> => {
    const { body } = await agent.post('/sessions/current/reauthentication/options').expect(200);
    return body.options as Options;
  };
  const confirm = (agent: TestAgent, authenticator: SoftwareAuthenticator, options: Options, lies: Lies = {}) =>
    agent.post('/sessions/current/reauthentication').send({ credential: authenticator.assert(options, lies) });

  it('replaces the password and raises the session to aal 2', async () => {
    const { agent, authenticator, passkey } = await loginWithPasskey(app);
    const { body: before } = await agent.get('/sessions/current').expect(200);
    await letTimePass(app.sessions, before.id);
    expectError(await agent.post('/users/me/passkeys/options'), 'reauthentication_required', {
      methods: ['password', 'passkey'],
    });
    const options = await optionsOf(agent);
    expect(options.allowCredentials.map(({ id }) => id)).toEqual([passkey.credentialId]);
    const { body } = await confirm(agent, authenticator, options).expect(200);
    expect(body.session).toMatchObject({ aal: 2, amr: ['pwd', 'pop', 'user', 'mfa'] });
    expect(body.session.id).not.toBe(before.id);
    await agent.post('/users/me/passkeys/options').expect(200);
  });

  it('is rejected with wrong_code', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    for (const lies of [{ origin: 'https://evil.test' }, { foreignKey: true }, { userVerified: false }]) {
      expectError(await confirm(agent, authenticator, await optionsOf(agent), lies), 'wrong_code');
    }
    const { body } = await agent.get('/users/me/activity').expect(200);
    expect(body.items[0]).toMatchObject({ type: 'reauthentication_failed' });
  });

  it('needs the challenge of the same session', async () => {
    const account = await signUp(app);
    const [agent, elsewhere] = [await signIn(app, account), await signIn(app, account)];
    const { authenticator } = await addPasskey(agent);
    expectError(await confirm(agent, authenticator, await optionsOf(elsewhere)), 'wrong_code');
    const { body } = await app.agent().post('/users/login/passkey/options').expect(200);
    expectError(await confirm(agent, authenticator, body.options as Options), 'wrong_code');
  });

  it('works once', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const credential = authenticator.assert(await optionsOf(agent));
    const answers = await Promise.all(
      [1, 2, 3].map(() => agent.post('/sessions/current/reauthentication').send({ credential })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('must belong to the account', async () => {
    const { agent } = await loginWithPasskey(app);
    const other = await loginWithPasskey(app);
    const { challenge, rpId } = await optionsOf(agent);
    const credential = other.authenticator.assert({ challenge, rpId });
    expectError(await agent.post('/sessions/current/reauthentication').send({ credential }), 'wrong_code');
  });
});

describe('a passkey for a password reset', () => {
  let smtp: SmtpServer;
  let app: TestApp;
  beforeAll(async () => {
    smtp = await SmtpServer.start();
    app = await startTestApp({ ...smtp.settings, SECOND_FACTOR: 'required' });
  });
  afterAll(async () => {
    await app.close();
    await smtp.close();
  });

  it('is requested with options and is valid for this reset only', async () => {
    const account = await signUpVerified(app);
    const { authenticator } = await addPasskey(await signIn(app, account));
    const askForToken = async () => {
      await app.agent().post('/password-resets').send({ username: account.username }).expect(202);
      return tokenIn(await smtp.mailTo(account.email, 'Reset'), 'reset-password');
    };
    const reset = (token: string, credential?: object) =>
      app.agent().put('/password-resets').send({ token, newPassword: 'a wholly new horse battery', credential });
    const token = await askForToken();
    const { status, body } = await reset(token);
    expect([status, body.code, body.methods]).toEqual([403, 'code_required', ['passkey']]);
    const options = body.options as Options;
    expectError(await reset(token, authenticator.assert(options, { foreignKey: true })), 'wrong_code');
    const { body: signInOptions } = await app.agent().post('/users/login/passkey/options').expect(200);
    expectError(await reset(token, authenticator.assert(signInOptions.options as Options)), 'wrong_code');
    expect((await reset(token, authenticator.assert(options))).status).toBe(200);
  });
});
