import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loginAs, signUp } from '../support/accounts.js';
import { holdWaits } from '../support/backoff.js';
import { expectError } from '../support/expect-error.js';
import { addPasskey, loginWithPasskey, PASSKEY_ORIGIN, signInByPasskey, WITH_PASSKEYS } from '../support/passkeys.js';
import { SoftwareAuthenticator, type Lies } from '../support/software-authenticator.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('signing in by passkey', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(WITH_PASSKEYS);
  });
  afterAll(() => app.close());
  afterEach(() => void vi.useRealTimers());

  const options = async () => {
    const { body } = await app.agent().post('/users/login/passkey/options').expect(200);
    return (body as { options: { challenge: string; rpId: string } }).options;
  };
  const usedChallenges = () => app.db.collection('passkey_challenges').countDocuments();

  it('begins with options that name no account, set no cookie and write nothing', async () => {
    const before = await app.db.listCollections().toArray();
    const response = await app.agent().post('/users/login/passkey/options').expect(200);
    expect(response.body).toEqual({
      options: {
        challenge: expect.stringMatching(/^[\w-]{72}$/) as string,
        rpId: 'app.example.com',
        timeout: 300_000,
        allowCredentials: [],
        userVerification: 'required',
      },
    });
    expect(response.headers).not.toHaveProperty('set-cookie');
    expect(await usedChallenges()).toBe(0);
    expect(await app.db.listCollections().toArray()).toHaveLength(before.length);
  });

  it('needs neither name nor password, and makes a session with aal 2', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const { body: profile } = await agent.get('/users/me').expect(200);
    const device = app.agent();
    const { status, body } = await signInByPasskey(device, authenticator);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      User: { userId: profile.userId, userName: profile.userName },
      msg: 'User logged in',
      session: { current: true, aal: 2, amr: ['pop', 'user', 'mfa'] },
    });
    await device.get('/users/protected').expect(200, body.User);
  });

  it('does not wait where wrong passwords have made the account wait', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const { userName } = (await agent.get('/users/me').expect(200)).body as { userName: string };
    const guess = () => app.agent().post('/users/login').send({ username: userName, password: 'a wrong password' });
    for (let n = 0; n < 6; n++) await guess();
    await holdWaits(app);
    expectError(await guess(), 'rate_limited');
    expect((await signInByPasskey(app.agent(), authenticator)).status).toBe(200);
  });

  it('respects rememberMe', async () => {
    const { authenticator } = await loginWithPasskey(app);
    const long = await signInByPasskey(app.agent(), authenticator);
    const short = await signInByPasskey(app.agent(), authenticator, {}, { rememberMe: false });
    const cookieOf = ({ headers }: typeof long) =>
      [headers['set-cookie']].flat().find((line) => String(line).startsWith('sid='));
    expect(cookieOf(long)).toContain('Max-Age=');
    expect(cookieOf(short)).not.toContain('Max-Age=');
  });

  it('sets a device cookie and is recorded in the activity', async () => {
    const { authenticator } = await loginWithPasskey(app);
    const device = app.agent();
    const { headers } = await signInByPasskey(device, authenticator);
    expect([headers['set-cookie']].flat().join('\n')).toContain('device=');
    const { body } = await device.get('/users/me/activity').expect(200);
    expect(body.items[0]).toMatchObject({ type: 'signed_in' });
  });

  it('replaces the session of its cookie', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const { body: before } = await agent.get('/sessions/current').expect(200);
    await signInByPasskey(agent, authenticator);
    const { body } = await agent.get('/sessions').expect(200);
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(before.id);
  });

  it('updates lastUsedAt of the passkey', async () => {
    const { agent, authenticator, passkey } = await loginWithPasskey(app);
    expect(passkey).not.toHaveProperty('lastUsedAt');
    await signInByPasskey(app.agent(), authenticator);
    const { body } = await agent.get('/users/me/passkeys').expect(200);
    expect(Date.parse(body.items[0].lastUsedAt)).toBeGreaterThan(Date.parse(passkey.createdAt));
  });

  it('works for two sign-ins at once', async () => {
    const { authenticator } = await loginWithPasskey(app);
    const both = await Promise.all([1, 2].map(() => signInByPasskey(app.agent(), authenticator)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://app.example.com.evil.test' }],
    ['plain HTTP', { origin: 'http://app.example.com' }],
    ['a frame on another site', { crossOrigin: true }],
    ['another RP ID', { rpId: 'example.com' }],
    ['no user verification', { userVerified: false }],
    ['no user presence', { userPresent: false }],
    ['a challenge made up by the client', { challenge: 'A'.repeat(72) }],
    ['a challenge of another length', { challenge: 'AAAA' }],
    ['a registration in place of an assertion', { type: 'webauthn.create' }],
    ['a signature by another key', { foreignKey: true }],
    ['no user handle', { userHandle: null }],
    ['the user handle of another account', { userHandle: 'A'.repeat(43) }],
    ['a passkey that turned device-bound', { backupEligible: false, backedUp: false }],
  ])('is rejected: %s', async (_, lies) => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const before = await usedChallenges();
    const response = await signInByPasskey(app.agent(), authenticator, lies);
    expectError(response, 'invalid_credentials');
    expect(response.headers).not.toHaveProperty('set-cookie');
    expect(await usedChallenges()).toBe(before);
    const { body } = await agent.get('/users/me/activity').expect(200);
    expect(body.items[0]).toMatchObject({ type: 'sign_in_failed' });
  });

  it('is rejected when a device-bound passkey claims to be synced', async () => {
    const { authenticator } = await loginWithPasskey(app, { synced: false });
    expectError(await signInByPasskey(app.agent(), authenticator, { backupEligible: true }), 'invalid_credentials');
  });

  it('is rejected for a challenge that was issued for something else', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const { body } = await agent.post('/users/me/passkeys/options').expect(200);
    const response = await signInByPasskey(app.agent(), authenticator, { challenge: body.options.challenge });
    expectError(response, 'invalid_credentials');
  });

  it('is rejected for a challenge that is older than five minutes', async () => {
    app.singleProcess('its clock is changed');
    const { authenticator } = await loginWithPasskey(app);
    const asked = await options();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 });
    const credential = authenticator.assert(asked);
    expectError(await app.agent().post('/users/login/passkey').send({ credential }), 'invalid_credentials');
  });

  it('responds unknown_passkey for a passkey that is not registered', async () => {
    const { agent, authenticator, passkey } = await loginWithPasskey(app);
    await agent.delete(`/users/me/passkeys/${passkey.id}`).expect(204);
    expectError(await signInByPasskey(app.agent(), authenticator), 'unknown_passkey');
  });

  it('responds unknown_passkey after the account was deleted', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    await agent.delete('/users/me').expect(204);
    expectError(await signInByPasskey(app.agent(), authenticator), 'unknown_passkey');
  });

  it('responds account_disabled only after a valid assertion', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const { body } = await agent.get('/users/me').expect(200);
    await app.db.collection('users').updateOne({ username: body.userName }, { $set: { disabledAt: new Date() } });
    expectError(await signInByPasskey(app.agent(), authenticator), 'account_disabled');
    const lies = { foreignKey: true };
    expectError(await signInByPasskey(app.agent(), authenticator, lies), 'invalid_credentials');
  });

  it('rejects a replay of its assertion', async () => {
    const { authenticator } = await loginWithPasskey(app);
    const credential = authenticator.assert(await options());
    const signIn = () => app.agent().post('/users/login/passkey').send({ credential });
    await signIn().expect(200);
    expectError(await signIn(), 'invalid_credentials');
  });

  it('accepts a challenge once, also from twenty concurrent requests', async () => {
    const { agent, authenticator } = await loginWithPasskey(app);
    const credential = authenticator.assert(await options());
    const all = await Promise.all(
      Array.from({ length: 20 }, () => app.agent().post('/users/login/passkey').send({ credential })),
    );
    expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array<number>(19).fill(401)]);
    const { body } = await agent.get('/sessions').expect(200);
    expect(body.items).toHaveLength(2);
  });

  it.each<[string, object]>([
    ['no credential', {}],
    ['an unknown field', { credential: {}, more: 1 }],
    ['a query operator as id', { credential: { id: { $ne: null }, rawId: 'AA', type: 'public-key', response: {} } }],
    ['another type', { credential: { id: 'AA', rawId: 'AA', type: 'password', response: {} } }],
  ])('rejects invalid input: %s', async (_, body) => {
    const { status, body: error } = await app.agent().post('/users/login/passkey').send(body);
    expect([status, error.code]).toEqual([400, 'validation_failed']);
  });

  it('ignores members that a browser adds to the credential', async () => {
    const { authenticator } = await loginWithPasskey(app);
    const credential = { ...authenticator.assert(await options()), toBeDefinedIn: 'Level 4' };
    const { status } = await app.agent().post('/users/login/passkey').send({ credential });
    expect(status).toBe(200);
  });
});

describe('the counter of a passkey', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(WITH_PASSKEYS);
  });
  afterAll(() => app.close());

  it('must not fall for a device-bound passkey: the sign-in is rejected and the owner notified', async () => {
    const { agent, authenticator } = await loginWithPasskey(app, { synced: false });
    const copy = authenticator.clone();
    for (let use = 0; use < 3; use += 1) {
      expect((await signInByPasskey(app.agent(), authenticator)).status).toBe(200);
    }
    expectError(await signInByPasskey(app.agent(), copy), 'invalid_credentials');
    const { body } = await agent.get('/users/me/activity').expect(200);
    expect(body.items.map(({ type }: { type: string }) => type)).toContain('passkey_counter_fell');
  });

  it('must not stand still once it has counted', async () => {
    const { authenticator } = await loginWithPasskey(app, { synced: false });
    expect((await signInByPasskey(app.agent(), authenticator, { counter: 7 })).status).toBe(200);
    expectError(await signInByPasskey(app.agent(), authenticator, { counter: 7 }), 'invalid_credentials');
    expectError(await signInByPasskey(app.agent(), authenticator, { counter: 0 }), 'invalid_credentials');
    expect((await signInByPasskey(app.agent(), authenticator, { counter: 8 })).status).toBe(200);
  });

  it('may stay 0 for an authenticator that does not count', async () => {
    const { authenticator } = await loginWithPasskey(app, { synced: false });
    for (let use = 0; use < 2; use += 1) {
      expect((await signInByPasskey(app.agent(), authenticator, { counter: 0 })).status).toBe(200);
    }
  });

  it('is ignored for a synced passkey', async () => {
    const { authenticator } = await loginWithPasskey(app);
    for (const counter of [9, 3, 0]) {
      expect((await signInByPasskey(app.agent(), authenticator, { counter })).status).toBe(200);
    }
  });
});

describe('a challenge', () => {
  it('stays valid after a sign-in that failed at the session limit', async () => {
    const app = await startTestApp({ ...WITH_PASSKEYS, SESSION_MAX_PER_USER: '1', SESSION_CAP_POLICY: 'refuse' });
    try {
      const { agent, authenticator } = await loginWithPasskey(app);
      const { body } = await app.agent().post('/users/login/passkey/options').expect(200);
      const credential = authenticator.assert(body.options);
      const full = await app.agent().post('/users/login/passkey').send({ credential });
      expect([full.status, full.body.code]).toEqual([409, 'session_limit_reached']);
      const [session] = full.body.sessions as { id: string }[];
      const device = app.agent();
      await device.post('/users/login/passkey').send({ credential, endSession: session!.id }).expect(200);
      await agent.get('/users/protected').expect(401);
    } finally {
      await app.close();
    }
  });
});

describe('FRONTEND_URL with an IP address', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ FRONTEND_URL: 'http://127.0.0.1:3000' });
  });
  afterAll(() => app.close());

  it('turns passkeys off', async () => {
    const agent = await loginAs(app);
    const credential = new SoftwareAuthenticator(PASSKEY_ORIGIN).register({
      challenge: 'AAAA',
      rp: { id: 'app.example.com' },
      user: { id: 'AAAA' },
    });
    expectError(await agent.post('/users/login/passkey/options'), 'not_found');
    expectError(await agent.post('/users/login/passkey').send({ credential }), 'not_found');
    expectError(await agent.post('/users/me/passkeys/options'), 'not_found');
    expectError(await agent.post('/users/me/passkeys').send({ credential }), 'not_found');
    expectError(await agent.get('/users/me/passkeys'), 'not_found');
  });
});

describe('the rate limit per IP address', () => {
  it('counts sign-ins by passkey, but not requests for options', async () => {
    const app = await startTestApp({ ...WITH_PASSKEYS, LOGIN_RATE_PER_IP: '3/1h' });
    try {
      const account = await signUp(app);
      const agent = app.agent();
      await agent.post('/users/login').send(account).expect(200);
      const { authenticator } = await addPasskey(agent);
      for (const status of [200, 200, 429]) {
        expect((await signInByPasskey(app.agent(), authenticator)).status).toBe(status);
      }
    } finally {
      await app.close();
    }
  });
});
