import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import {
  enableTotp,
  firstStep,
  forgetLastStep,
  SECOND_STEP,
  signInWithSecondFactor,
  signUpWithSecondFactor,
  totpCode,
  wrongCode,
} from '../support/second-factor.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('second factor', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  describe('set-up', () => {
    it('shows a secret in three forms and turns it on with its first code', async () => {
      const { username } = await signUp(app);
      const agent = await signIn(app, { username, password: PASSWORD });
      const { body } = await agent.post('/users/me/totp').expect(201);
      expect(body).toEqual({
        secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
        uri: expect.stringContaining(
          `otpauth://totp/Session%20Auth:${username}?issuer=Session%20Auth&secret=${body.secret}`,
        ),
        qr: expect.stringMatching(/^<svg /),
        expiresAt: expect.any(String),
      });
      const enabled = await agent
        .put('/users/me/totp')
        .send({ code: totpCode(body.secret) })
        .expect(200);
      expect(enabled.body).toEqual({ recoveryCodes: expect.any(Array), revokedSessions: 0 });
      expect(new Set(enabled.body.recoveryCodes).size).toBe(10);
      for (const code of enabled.body.recoveryCodes)
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
      const shown = await agent.get('/users/me/second-factor').expect(200);
      const time = expect.stringMatching(/^\d{4}-.*Z$/);
      const recoveryCodes = { left: 10, createdAt: time };
      expect(shown.body).toEqual({ totp: { enabledAt: time }, recoveryCodes, passkeys: 0, required: false });
      expect((await agent.get('/sessions/current').expect(200)).body).toMatchObject({
        aal: 2,
        amr: ['pwd', 'otp', 'mfa'],
      });
    });

    it('ends other sessions as second_factor_changed and gives this one a new id', async () => {
      const account = await signUp(app);
      const other = await signIn(app, account);
      const agent = await signIn(app, account);
      const before = await agent.get('/sessions/current');
      const { body } = await agent.post('/users/me/totp').expect(201);
      const { body: enabled } = await agent
        .put('/users/me/totp')
        .send({ code: totpCode(body.secret) })
        .expect(200);
      expect(enabled).toMatchObject({ revokedSessions: 1 });
      const ended = await other.get('/users/me');
      expectError(ended, 'session_revoked', { reason: 'second_factor_changed' });
      expect((await agent.get('/sessions/current').expect(200)).body.id).not.toBe(before.body.id);
    });

    it('rejects a wrong code, and a code where nothing is pending', async () => {
      const agent = await loginAs(app);
      expectError(await agent.put('/users/me/totp').send({ code: '123456' }), 'nothing_to_verify');
      const { body } = await agent.post('/users/me/totp').expect(201);
      expectError(await agent.put('/users/me/totp').send({ code: wrongCode(body.secret) }), 'wrong_code');
      await agent
        .put('/users/me/totp')
        .send({ code: totpCode(body.secret) })
        .expect(200);
      expectError(await agent.put('/users/me/totp').send({ code: totpCode(body.secret, 1) }), 'nothing_to_verify');
    });

    it('keeps the current secret until the new one is confirmed, and keeps the recovery codes', async () => {
      const { agent, account } = await signInWithSecondFactor(app);
      const { body } = await agent.post('/users/me/totp').expect(201);
      const continuation = await firstStep(app, account);
      await app
        .agent()
        .post(SECOND_STEP)
        .send({ continuation, code: totpCode(account.secret) })
        .expect(200);
      const replaced = await agent
        .put('/users/me/totp')
        .send({ code: totpCode(body.secret) })
        .expect(200);
      expect(replaced.body).toEqual({ revokedSessions: 1 });
      const again = await firstStep(app, account);
      expectError(
        await app
          .agent()
          .post(SECOND_STEP)
          .send({ continuation: again, code: totpCode(account.secret, 1) }),
        'wrong_code',
      );
      await app
        .agent()
        .post(SECOND_STEP)
        .send({ continuation: again, code: totpCode(body.secret, 1) })
        .expect(200);
    });

    it('does not accept the code of the set-up again', async () => {
      const account = await signUp(app);
      const agent = await signIn(app, account);
      const { body } = await agent.post('/users/me/totp').expect(201);
      const code = totpCode(body.secret);
      await agent.put('/users/me/totp').send({ code }).expect(200);
      const continuation = await firstStep(app, account);
      expectError(await app.agent().post(SECOND_STEP).send({ continuation, code }), 'wrong_code');
    });

    it('goes with its recovery codes when it is turned off', async () => {
      const { agent, account } = await signInWithSecondFactor(app);
      await agent.delete('/users/me/totp').expect(204);
      await agent.delete('/users/me/totp').expect(204);
      const { body } = await agent.get('/users/me/second-factor').expect(200);
      expect(body).toEqual({ passkeys: 0, required: false });
      await signIn(app, { username: account.username, password: account.password });
    });

    it('makes new recovery codes, which void the old ones', async () => {
      const { agent, account } = await signInWithSecondFactor(app);
      const { body } = await agent.post('/users/me/recovery-codes').expect(201);
      expect(body.recoveryCodes).toHaveLength(10);
      const continuation = await firstStep(app, account);
      const use = (recoveryCode: string) => app.agent().post(SECOND_STEP).send({ continuation, recoveryCode });
      expectError(await use(account.recoveryCodes[0]!), 'wrong_code');
      await use(body.recoveryCodes[0]).expect(200);
    });

    it('makes no recovery codes for an account without a second factor', async () => {
      const agent = await loginAs(app);
      expectError(await agent.post('/users/me/recovery-codes'), 'nothing_to_verify');
    });
  });

  describe('sign-in', () => {
    it('responds to the right password with methods and a continuation, and sets no cookie', async () => {
      const account = await signUpWithSecondFactor(app);
      const { username, password } = account;
      const first = await app.agent().post('/users/login').send({ username, password });
      expectError(first, 'second_factor_required', {
        methods: ['totp', 'recovery_code'],
        continuation: expect.any(String),
        continuationExpiresAt: expect.any(String),
      });
      const left = Date.parse(first.body.continuationExpiresAt) - Date.now();
      expect(left).toBeGreaterThan(290_000);
      expect(left).toBeLessThanOrEqual(300_000);
      expect(first.headers['set-cookie']).toBeUndefined();
    });

    it('responds to a wrong password as for any account', async () => {
      const { username } = await signUpWithSecondFactor(app);
      const answer = await app.agent().post('/users/login').send({ username, password: 'a wrong password' });
      expectError(answer, 'invalid_credentials');
    });

    it('completes with a code, at level 2', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      const agent = app.agent();
      const { body } = await agent
        .post(SECOND_STEP)
        .send({ continuation, code: totpCode(account.secret) })
        .expect(200);
      expect(body).toMatchObject({ User: { userName: account.username }, msg: 'User logged in' });
      expect(body.session).toMatchObject({ aal: 2, amr: ['pwd', 'otp', 'mfa'] });
      await agent.get('/users/me').expect(200);
    });

    it('accepts the code together with the password', async () => {
      const { username, password, secret } = await signUpWithSecondFactor(app);
      const login = (code: string) => app.agent().post('/users/login').send({ username, password, code });
      expectError(await login(wrongCode(secret)), 'wrong_code');
      const { body } = await login(totpCode(secret)).expect(200);
      expect(body.session).toMatchObject({ aal: 2 });
      expectError(await login(totpCode(secret)), 'wrong_code');
    });

    it('ignores a code where no second factor is on', async () => {
      const account = await signUp(app);
      const { body } = await app
        .agent()
        .post('/users/login')
        .send({ ...account, code: '123456' })
        .expect(200);
      expect(body.session).toMatchObject({ aal: 1, amr: ['pwd'] });
    });

    it('ignores spaces in a code', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      const code = totpCode(account.secret).replace(/^.../, '$& ');
      const { status } = await app.agent().post(SECOND_STEP).send({ continuation, code });
      expect(status).toBe(200);
    });

    it('accepts each recovery code once, in any spelling', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      const use = (recoveryCode: string) => app.agent().post(SECOND_STEP).send({ continuation, recoveryCode });
      const [first, second] = account.recoveryCodes as [string, string];
      await use(first).expect(200);
      expectError(await use(first), 'wrong_code');
      const typed = second.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o');
      await use(typed).expect(200);
      expectError(await use('0000-0000-0000-0000-0000-0000'), 'wrong_code');
    });

    it('uses a recovery code once when it is raced', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      const recoveryCode = account.recoveryCodes[0]!;
      const race = Array.from({ length: 10 }, () => app.agent().post(SECOND_STEP).send({ continuation, recoveryCode }));
      const statuses = (await Promise.all(race)).map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([200, ...Array<number>(9).fill(403)]);
    });

    it('rejects a continuation that is forged, expired or older than the credentials', async () => {
      const { agent, account } = await signInWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      const send = (text: string) =>
        app.agent().post(SECOND_STEP).send({ continuation: text, recoveryCode: account.recoveryCodes[0] });
      expectError(await send('forged'), 'sign_in_expired');
      expectError(await send(`${continuation}x`), 'sign_in_expired');
      const newPassword = 'another good horse battery';
      await agent.put('/users/me/password').send({ currentPassword: PASSWORD, newPassword }).expect(200);
      expectError(await send(continuation), 'sign_in_expired');
    });

    it('needs exactly one proof', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      for (const proof of [{}, { code: '123456', recoveryCode: 'x' }, { code: 123456 }]) {
        expectError(
          await app
            .agent()
            .post(SECOND_STEP)
            .send({ continuation, ...proof }),
          'validation_failed',
          { issues: expect.any(Array) },
        );
      }
    });

    it('rejects a passkey of an account that has none', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      expectError(await app.agent().post(SECOND_STEP).send({ continuation, credential: {} }), 'wrong_code');
    });

    it('responds account_disabled in either step', async () => {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      await app.db.collection('users').updateOne({ username: account.username }, { $set: { disabledAt: new Date() } });
      const code = totpCode(account.secret);
      expectError(await app.agent().post(SECOND_STEP).send({ continuation, code }), 'account_disabled');
      const { username, password } = account;
      expectError(await app.agent().post('/users/login').send({ username, password, code }), 'account_disabled');
    });

    it('keeps rememberMe of the first step', async () => {
      const { username, password, secret } = await signUpWithSecondFactor(app);
      const first = await app.agent().post('/users/login').send({ username, password, rememberMe: false });
      const { continuation } = first.body;
      const done = await app
        .agent()
        .post(SECOND_STEP)
        .send({ continuation, code: totpCode(secret) })
        .expect(200);
      const cookie = [done.headers['set-cookie']].flat().find((line) => line?.startsWith('sid='));
      expect(cookie).not.toContain('Max-Age');
    });

    it('replaces the session of the second step’s cookie', async () => {
      const { agent, account } = await signInWithSecondFactor(app);
      const before = (await agent.get('/sessions/current')).body.id as string;
      const continuation = await firstStep(app, account);
      await agent
        .post(SECOND_STEP)
        .send({ continuation, code: totpCode(account.secret) })
        .expect(200);
      const { items } = (await agent.get('/sessions').expect(200)).body;
      expect(items).toHaveLength(1);
      expect(items[0].id).not.toBe(before);
    });
  });

  describe('re-authentication', () => {
    const STEP_UP = '/sessions/current/reauthentication';

    it('needs the second factor too where one is on', async () => {
      const { agent, account } = await signInWithSecondFactor(app);
      const { password, secret, recoveryCodes } = account;
      expectError(await agent.post(STEP_UP).send({ password: 'a wrong password' }), 'wrong_password');
      const missing = await agent.post(STEP_UP).send({ password });
      expectError(missing, 'code_required', { methods: ['totp', 'recovery_code'] });
      expectError(await agent.post(STEP_UP).send({ password, code: wrongCode(secret) }), 'wrong_code');
      const { body } = await agent
        .post(STEP_UP)
        .send({ password, code: totpCode(secret) })
        .expect(200);
      expect(body.session).toMatchObject({ aal: 2, amr: ['pwd', 'otp', 'mfa'] });
      await agent.post(STEP_UP).send({ password, recoveryCode: recoveryCodes[0] }).expect(200);
    });

    it('needs a password or a passkey', async () => {
      const agent = await loginAs(app);
      expectError(await agent.post(STEP_UP).send({}), 'validation_failed', { issues: expect.any(Array) });
      expectError(await agent.post(STEP_UP).send({ code: '123456' }), 'validation_failed', {
        issues: expect.any(Array),
      });
      expectError(await agent.post(STEP_UP).send({ credential: {} }), 'wrong_code');
    });
  });

  it('records set-up, use and removal in the activity', async () => {
    const { agent, account } = await signInWithSecondFactor(app);
    const continuation = await firstStep(app, account);
    for (const recoveryCode of account.recoveryCodes.slice(0, 8)) {
      await app.agent().post(SECOND_STEP).send({ continuation, recoveryCode }).expect(200);
    }
    await agent.post('/users/me/recovery-codes').expect(201);
    await agent.delete('/users/me/totp').expect(204);
    const { items } = (await agent.get('/users/me/activity?limit=100').expect(200)).body;
    const types = items.map(({ type }: { type: string }) => type);
    for (const [type, count] of [
      ['second_factor_enabled', 1],
      ['recovery_code_used', 8],
      ['recovery_codes_low', 1],
      ['recovery_codes_renewed', 1],
      ['second_factor_disabled', 1],
    ] as const) {
      expect([type, types.filter((one: string) => one === type).length]).toEqual([type, count]);
    }
  });

  it('changes the password only after a recent sign-in with the second factor', async () => {
    const { agent, account } = await signInWithSecondFactor(app);
    await letTimePass(app.sessions);
    const change = { currentPassword: PASSWORD, newPassword: 'another good horse battery' };
    const rejected = await agent.put('/users/me/password').send(change);
    expectError(rejected, 'reauthentication_required', { methods: ['password'] });
    const code = totpCode(account.secret);
    await agent.post('/sessions/current/reauthentication').send({ password: PASSWORD, code }).expect(200);
    await agent.put('/users/me/password').send(change).expect(200);
  });

  it('stores neither the secret nor a recovery code in clear', async () => {
    const { agent, account } = await signInWithSecondFactor(app);
    await agent.post('/users/me/totp').expect(201);
    const dump = JSON.stringify(await app.db.collection('users').findOne({ username: account.username }));
    expect(dump).not.toContain(account.secret);
    for (const code of account.recoveryCodes) {
      expect(dump).not.toContain(code);
      expect(dump).not.toContain(code.replaceAll('-', ''));
    }
    await forgetLastStep(app, account);
    await enableTotp(agent);
  });
});
