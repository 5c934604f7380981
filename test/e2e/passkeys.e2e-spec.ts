import type { ObjectId } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loginAs, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import {
  addPasskey,
  loginWithPasskey,
  PASSKEY_ORIGIN,
  signInByPasskey,
  tryToAddPasskey,
  WITH_PASSKEYS,
} from '../support/passkeys.js';
import { SoftwareAuthenticator, type Lies } from '../support/software-authenticator.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the passkeys of an account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(WITH_PASSKEYS);
  });
  afterAll(() => app.close());
  afterEach(() => void vi.useRealTimers());

  const authenticator = () => new SoftwareAuthenticator(PASSKEY_ORIGIN);
  const history = async (agent: Awaited<ReturnType<typeof loginAs>>): Promise<string[]> => {
    const { body } = await agent.get('/users/me/activity').expect(200);
    return body.items.map(({ type }: { type: string }) => type);
  };

  describe('adding a passkey', () => {
    it('returns options for a discoverable credential, with user verification and without attestation', async () => {
      const agent = await loginAs(app);
      const { body: profile } = await agent.get('/users/me').expect(200);
      const { body } = await agent.post('/users/me/passkeys/options').expect(200);
      expect(body).toEqual({
        options: {
          challenge: expect.stringMatching(/^[\w-]{72}$/) as string,
          rp: { id: 'app.example.com', name: 'Session Auth' },
          user: {
            id: expect.stringMatching(/^[\w-]{43}$/) as string,
            name: profile.userName,
            displayName: profile.userName,
          },
          pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
          timeout: 300_000,
          excludeCredentials: [],
          authenticatorSelection: {
            residentKey: 'required',
            requireResidentKey: true,
            userVerification: 'required',
          },
          attestation: 'none',
          extensions: { credProps: true },
        },
      });
    });

    it('uses one random user handle per account', async () => {
      const [ada, grace] = [await loginAs(app), await loginAs(app)];
      const handles = await Promise.all(
        [ada, ada, grace].map(async (agent) => {
          const { body } = await agent.post('/users/me/passkeys/options').expect(200);
          return body.options.user.id as string;
        }),
      );
      expect(handles[0]).toBe(handles[1]);
      expect(handles[0]).not.toBe(handles[2]);
    });

    it('lists it with the fields that password managers need', async () => {
      const agent = await loginAs(app);
      const { passkey } = await addPasskey(agent, { name: '  Work laptop ' });
      expect(passkey).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        credentialId: expect.any(String) as string,
        name: 'Work laptop',
        createdAt: expect.any(String) as string,
        synced: true,
        backedUp: true,
      });
      const { passkey: second } = await addPasskey(agent, { synced: false });
      expect(second).toMatchObject({ synced: false, backedUp: false });
      const { body } = await agent.get('/users/me/passkeys').expect(200);
      const { body: again } = await agent.post('/users/me/passkeys/options').expect(200);
      expect(body).toEqual({ rpId: 'app.example.com', userHandle: again.options.user.id, items: [passkey, second] });
      const excluded = again.options.excludeCredentials as { id: string }[];
      expect(excluded.map(({ id }) => id)).toEqual([passkey.credentialId, second.credentialId]);
    });

    it('names it for the device by default', async () => {
      const agent = await loginAs(app);
      agent.set('User-Agent', 'curl/8.5.0');
      expect((await addPasskey(agent)).passkey.name).toBe('curl');
    });

    it('records it in the activity', async () => {
      const { agent } = await loginWithPasskey(app);
      expect(await history(agent)).toContain('passkey_added');
    });

    it('needs a recent sign-in', async () => {
      const { agent } = await loginWithPasskey(app);
      const { body } = await agent.post('/users/me/passkeys/options').expect(200);
      const credential = authenticator().register(body.options);
      const { body: session } = await agent.get('/sessions/current').expect(200);
      await letTimePass(app.sessions, session.id);
      const methods = ['password', 'passkey'];
      expectError(await agent.post('/users/me/passkeys/options'), 'reauthentication_required', { methods });
      const add = await agent.post('/users/me/passkeys').send({ credential });
      expectError(add, 'reauthentication_required', { methods });
    });

    it.each<[string, Lies]>([
      ['another origin', { origin: 'https://evil.test' }],
      ['a frame on another site', { crossOrigin: true }],
      ['another RP ID', { rpId: 'example.com' }],
      ['no user verification', { userVerified: false }],
      ['a challenge made up by the client', { challenge: 'A'.repeat(72) }],
      ['an assertion in place of a registration', { type: 'webauthn.get' }],
      ['an algorithm that was not offered', { algorithm: -65535 }],
    ])('rejects %s', async (_, lies) => {
      const agent = await loginAs(app);
      expectError(await tryToAddPasskey(agent, authenticator(), lies), 'invalid_credential');
      const { body } = await agent.get('/users/me/passkeys').expect(200);
      expect(body.items).toEqual([]);
    });

    it('rejects a challenge of another account, of another session, or of a sign-in', async () => {
      const account = await signUp(app);
      const [agent, elsewhere, other] = [await signIn(app, account), await signIn(app, account), await loginAs(app)];
      const challenges = await Promise.all([
        other.post('/users/me/passkeys/options').expect(200),
        elsewhere.post('/users/me/passkeys/options').expect(200),
        agent.post('/users/login/passkey/options').expect(200),
      ]);
      for (const { body } of challenges) {
        const lies = { challenge: body.options.challenge as string };
        expectError(await tryToAddPasskey(agent, authenticator(), lies), 'invalid_credential');
      }
    });

    it('rejects a challenge that is older than five minutes', async () => {
      app.singleProcess('its clock is changed');
      const agent = await loginAs(app);
      const { body } = await agent.post('/users/me/passkeys/options').expect(200);
      const credential = authenticator().register(body.options);
      const now = Date.now();
      vi.useFakeTimers({ toFake: ['Date'], now: now + 5 * 60_000 });
      const { body: session } = await agent.get('/sessions/current').expect(200);
      for (const { _id, publicId } of await app.sessions.all()) {
        if (publicId === session.id) await app.sessions.change(_id, { authenticatedAt: new Date() });
      }
      expectError(await agent.post('/users/me/passkeys').send({ credential }), 'invalid_credential');
    });

    it('accepts each challenge once', async () => {
      const agent = await loginAs(app);
      const { body } = await agent.post('/users/me/passkeys/options').expect(200);
      const add = () => agent.post('/users/me/passkeys').send({ credential: authenticator().register(body.options) });
      await add().expect(201);
      expectError(await add(), 'invalid_credential');
    });

    it('rejects a passkey that is registered already, to this account or to another', async () => {
      const { agent, passkey } = await loginWithPasskey(app);
      const lies = { credentialId: passkey.credentialId };
      expectError(await tryToAddPasskey(agent, authenticator(), lies), 'passkey_exists');
      expectError(await tryToAddPasskey(await loginAs(app), authenticator(), lies), 'passkey_exists');
      const { body } = await agent.get('/users/me/passkeys').expect(200);
      expect(body.items).toHaveLength(1);
    });

    it('stops at twenty, also for concurrent requests', async () => {
      const { agent, passkey } = await loginWithPasskey(app);
      const first = await app.db.collection<{ _id: string }>('passkeys').findOne({ _id: passkey.credentialId });
      const { userId } = first as unknown as { userId: ObjectId };
      const more = Array.from({ length: 17 }, (_, index) => ({ ...first!, _id: `k${index}`, publicId: randomUUID() }));
      await app.db.collection<{ _id: string }>('passkeys').insertMany(more);
      await app.db.collection('users').updateOne({ _id: userId }, { $set: { passkeyCount: 18 } });
      const tries = Array.from({ length: 4 }, () => tryToAddPasskey(agent, authenticator()));
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 201, 409, 409]);
      expectError(await tryToAddPasskey(agent, authenticator()), 'passkey_limit_reached');
      const { body } = await agent.get('/users/me/passkeys').expect(200);
      expect(body.items).toHaveLength(20);
    });

    it.each<[string, object, object]>([
      ['a blank name', { name: ' ' }, { code: 'too_short', limit: 1 }],
      ['a name that is too long', { name: 'x'.repeat(65) }, { code: 'too_long', limit: 64 }],
      ['a name of two lines', { name: 'a\nb' }, { code: 'bad_characters' }],
      ['a name that is no text', { name: 1 }, { code: 'wrong_type' }],
    ])('rejects %s', async (_, extra, issue) => {
      const { status, body } = await tryToAddPasskey(await loginAs(app), authenticator(), {}, extra);
      expect(status).toBe(400);
      expect(body.issues).toMatchObject([{ path: 'name', ...issue }]);
    });
  });

  describe('renaming a passkey', () => {
    it('changes its name', async () => {
      const { agent, passkey } = await loginWithPasskey(app);
      const { body } = await agent.patch(`/users/me/passkeys/${passkey.id}`).send({ name: 'Phone' }).expect(200);
      expect(body).toEqual({ ...passkey, name: 'Phone' });
    });

    it('is rejected for other accounts, and so is removing it', async () => {
      const { agent, passkey } = await loginWithPasskey(app);
      const other = await loginAs(app);
      for (const id of [passkey.id, randomUUID(), passkey.credentialId]) {
        expectError(await other.patch(`/users/me/passkeys/${id}`).send({ name: 'Mine' }), 'not_found');
        expectError(await other.delete(`/users/me/passkeys/${id}`), 'not_found');
      }
      const { body } = await agent.get('/users/me/passkeys').expect(200);
      expect(body.items).toEqual([passkey]);
    });
  });

  describe('removing a passkey', () => {
    it('ends its use for sign-in', async () => {
      const { agent, authenticator: device, passkey } = await loginWithPasskey(app);
      await agent.delete(`/users/me/passkeys/${passkey.id}`).expect(204);
      expectError(await agent.delete(`/users/me/passkeys/${passkey.id}`), 'not_found');
      expectError(await signInByPasskey(app.agent(), device), 'unknown_passkey');
      expect(await history(agent)).toContain('passkey_removed');
      await agent.get('/users/protected').expect(200);
    });

    it('needs a recent sign-in', async () => {
      const { agent, passkey } = await loginWithPasskey(app);
      const { body: session } = await agent.get('/sessions/current').expect(200);
      await letTimePass(app.sessions, session.id);
      const removal = await agent.delete(`/users/me/passkeys/${passkey.id}`);
      expectError(removal, 'reauthentication_required', { methods: ['password', 'passkey'] });
    });

    it('happens with the account, and removes its used challenges', async () => {
      const { agent, authenticator: device } = await loginWithPasskey(app);
      await signInByPasskey(app.agent(), device);
      const { body } = await agent.get('/users/me').expect(200);
      const user = await app.db.collection('users').findOne({ username: body.userName });
      const kept = async () =>
        Promise.all(
          ['passkeys', 'passkey_challenges'].map((name) =>
            app.db.collection(name).countDocuments({ userId: user!._id }),
          ),
        );
      expect(await kept()).toEqual([1, 2]);
      await agent.delete('/users/me').expect(204);
      expect(await kept()).toEqual([0, 0]);
    });
  });

  describe('beside a password', () => {
    it('leave one way to sign in: the password of an account without a passkey stays', async () => {
      const agent = await loginAs(app);
      expectError(await agent.delete('/users/me/password'), 'last_sign_in_method');
    });

    it('leave one way to sign in: the last passkey of an account without a password stays', async () => {
      const { agent, passkey } = await loginWithPasskey(app);
      const { passkey: second } = await addPasskey(agent);
      await agent.delete('/users/me/password').expect(204);
      await agent.delete(`/users/me/passkeys/${second.id}`).expect(204);
      expectError(await agent.delete(`/users/me/passkeys/${passkey.id}`), 'last_sign_in_method');
      await agent.delete('/users/me/password').expect(204);
    });

    it('leave one way to sign in when removals race', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { agent, passkey } = await loginWithPasskey(app);
        const { passkey: second } = await addPasskey(agent);
        // One session each: the removal of the password ends the others.
        await Promise.all([
          agent.delete(`/users/me/passkeys/${passkey.id}`),
          agent.delete(`/users/me/passkeys/${second.id}`),
          agent.delete('/users/me/password'),
        ]);
        const { body } = await agent.get('/users/me/passkeys').expect(200);
        const { body: ways } = await agent.get('/users/me/identities').expect(200);
        expect(body.items.length + Number(ways.hasPassword)).toBeGreaterThan(0);
      }
    });

    it('sign in alone once the password is removed', async () => {
      const account = await signUp(app);
      const agent = await signIn(app, account);
      const { authenticator: device } = await addPasskey(agent);
      await agent.delete('/users/me/password').expect(204);
      expectError(await app.agent().post('/users/login').send(account), 'invalid_credentials');
      expect((await signInByPasskey(app.agent(), device)).status).toBe(200);
    });

    it('outlast the password, whose removal ends all other sessions and gives this one a new id', async () => {
      const account = await signUp(app);
      const [agent, elsewhere] = [await signIn(app, account), await signIn(app, account)];
      await addPasskey(agent);
      const { body: before } = await agent.get('/sessions/current').expect(200);
      const { headers } = await agent.delete('/users/me/password').expect(204);
      expect([headers['set-cookie']].flat().join('\n')).toMatch(/device=[^]*sid=|sid=[^]*device=/);
      const { body: after } = await agent.get('/sessions/current').expect(200);
      expect(after.id).not.toBe(before.id);
      expectError(await elsewhere.get('/users/protected'), 'session_revoked', { reason: 'password_changed' });
      expect(await history(agent)).toContain('password_removed');
    });

    it('leave the removal of the password to a recent sign-in', async () => {
      const { agent } = await loginWithPasskey(app);
      const { body: session } = await agent.get('/sessions/current').expect(200);
      await letTimePass(app.sessions, session.id);
      const removal = await agent.delete('/users/me/password');
      expectError(removal, 'reauthentication_required', { methods: ['password', 'passkey'] });
    });

    it('allow a new first password after its removal', async () => {
      const { agent } = await loginWithPasskey(app);
      await agent.delete('/users/me/password').expect(204);
      const { status } = await agent.put('/users/me/password').send({ newPassword: `${PASSWORD} again` });
      expect(status).toBe(200);
    });
  });

  it('redirect password managers to the account page', async () => {
    const { headers } = await app.agent().get('/.well-known/change-password').expect(302);
    expect(headers.location).toBe(`${PASSKEY_ORIGIN}/#/account`);
  });
});
