import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, signIn, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { addPasskey, signInByPasskey, WITH_PASSKEYS } from '../support/passkeys.js';
import { repeats } from '../support/repetitions.js';
import {
  firstStep,
  forgetLastStep,
  SECOND_STEP,
  signInWithSecondFactor,
  signUpWithSecondFactor,
  totpCode,
  wrongCode,
  type SecondFactorAccount,
} from '../support/second-factor.js';
import { databaseUri, freshDatabase, startTestApp, TEST_DATA_KEYS, type TestApp } from '../support/test-app.js';

describe('guesses of codes', () => {
  let app: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    const MONGODB_URI = databaseUri(freshDatabase());
    const settings = { ...WITH_PASSKEYS, MONGODB_URI };
    [app, other] = await Promise.all([startTestApp(settings), startTestApp(settings)]);
  });
  afterAll(async () => {
    await other.close();
    await app.close();
  });

  const guess = async (account: SecondFactorAccount, at = app) => {
    const continuation = await firstStep(at, account);
    return at
      .agent()
      .post(SECOND_STEP)
      .send({ continuation, code: wrongCode(account.secret) });
  };

  /** Makes the wait for the next code long enough for a slow machine. */
  const prolongWait = () => {
    const attempts = app.db.collection<{ _id: string }>('login_attempts');
    return attempts.updateMany({ _id: /^code:/ }, { $set: { nextAt: new Date(Date.now() + 120_000) } });
  };

  it('sign in once when one code is raced 50 times on two processes', async () => {
    const account = await signUpWithSecondFactor(app);
    const continuation = await firstStep(app, account);
    const code = totpCode(account.secret);
    const race = Array.from({ length: 50 }, (_, i) =>
      (i % 2 ? app : other).agent().post(SECOND_STEP).send({ continuation, code }),
    );
    const statuses = (await Promise.all(race)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).not.toContain(500);
    const user = await app.db.collection('users').findOne({ username: account.username });
    const signedIn = { userId: user!._id, type: 'signed_in' };
    // The sign-in before the set-up, and the one of the race.
    expect(await app.db.collection('audit_events').countDocuments(signedIn)).toBe(2);
  });

  // Takes longer than 10 s in the slow tests: it makes 1,000 sign-ins there.
  // Takes longer than 10 s: in the slow tests it makes 1,000 sign-ins.
  it('are judged no more often than the limit says, over all sign-ins and processes', async () => {
    const account = await signUpWithSecondFactor(app);
    const begun = Date.now();
    const statuses: number[] = [];
    while (statuses.length < repeats(20, 1_000)) {
      // Fewer at a time than LOGIN_FREE_FAILURES, because right passwords count while they are judged.
      const batch = Array.from({ length: 4 }, (_, i) => guess(account, i % 2 ? app : other));
      statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
    }
    const seconds = (Date.now() - begun) / 1_000;
    const judged = statuses.filter((status) => status === 403).length;
    // Five without a wait, then one after each wait of 1 s, 2 s, 4 s and so on.
    expect(judged).toBeGreaterThanOrEqual(5);
    expect(judged).toBeLessThanOrEqual(5 + Math.ceil(Math.log2(seconds + 1)));
    expect(statuses.filter((status) => status === 429)).toHaveLength(statuses.length - judged);
    const { wrongCodes } = (await app.db.collection('users').findOne({ username: account.username }))!;
    expect(wrongCodes.others).toBe(judged);
  });

  it('leave the owner’s recovery code and passkey working at once while they go on', async () => {
    const { agent, account } = await signInWithSecondFactor(app);
    const { authenticator } = await addPasskey(agent);
    const attack = new AbortController();
    const attacker = (async () => {
      while (!attack.signal.aborted) await guess(account);
    })();
    await expect.poll(async () => (await guess(account, other)).status).toBe(429);
    const continuation = await firstStep(app, account);
    const [recoveryCode] = account.recoveryCodes;
    await app.agent().post(SECOND_STEP).send({ continuation, recoveryCode }).expect(200);
    const { body } = await app.agent().post(`${SECOND_STEP}/options`).send({ continuation }).expect(200);
    const credential = authenticator.assert(body.options);
    await app.agent().post(SECOND_STEP).send({ continuation, credential }).expect(200);
    expect((await signInByPasskey(app.agent(), authenticator)).status).toBe(200);
    attack.abort();
    await attacker;
  });

  it('stop neither a recovery code, which ends the wait, nor a known device', async () => {
    const account = await signUpWithSecondFactor(app);
    const device = app.agent();
    const known = await firstStep(app, account, device);
    await device.post(SECOND_STEP).send({ continuation: known, recoveryCode: account.recoveryCodes[1] }).expect(200);
    for (let i = 0; i < 6; i++) await guess(account);
    await prolongWait();
    const right = totpCode(account.secret);
    const continuation = await firstStep(app, account);
    expectErrorStatus(await app.agent().post(SECOND_STEP).send({ continuation, code: right }), 429);
    const again = await firstStep(app, account, device);
    await device.post(SECOND_STEP).send({ continuation: again, code: right }).expect(200);
    for (let i = 0; i < 6; i++) await guess(account);
    const recoveryCode = account.recoveryCodes[0];
    await app.agent().post(SECOND_STEP).send({ continuation, recoveryCode }).expect(200);
    await forgetLastStep(app, account);
    const code = totpCode(account.secret);
    const { status } = await app.agent().post(SECOND_STEP).send({ continuation, code });
    expect(status).toBe(200);
  });

  it('lock codes after a hundred wrong ones in a row, until a recovery code succeeds', async () => {
    const account = await signUpWithSecondFactor(app);
    const { username, password } = account;
    await app.db.collection('users').updateOne({ username }, { $set: { 'wrongCodes.others': 99 } });
    expectError(await guess(account), 'wrong_code');
    const first = await app.agent().post('/users/login').send({ username, password });
    expect(first.body).toMatchObject({ code: 'second_factor_required', methods: ['recovery_code'] });
    const { continuation } = first.body as { continuation: string };
    const code = totpCode(account.secret);
    expectError(await app.agent().post(SECOND_STEP).send({ continuation, code }), 'wrong_code');
    const recovery = { continuation, recoveryCode: account.recoveryCodes[0] };
    await app.agent().post(SECOND_STEP).send(recovery).expect(200);
    await app.agent().post(SECOND_STEP).send({ continuation, code }).expect(200);
    const types = await app.db.collection('audit_events').distinct('type');
    expect(types).toContain('second_factor_locked');
  });

  it('notify the owner at the third wrong one after a right password', async () => {
    const account = await signUpWithSecondFactor(app);
    for (let i = 0; i < 4; i++) await guess(account);
    const user = await app.db.collection('users').findOne({ username: account.username });
    const told = { userId: user!._id, type: 'second_factor_failed' };
    expect(await app.db.collection('audit_events').countDocuments(told)).toBe(1);
  });

  it('do not count against the password', async () => {
    const account = await signUpWithSecondFactor(app);
    for (let i = 0; i < 8; i++) await guess(account);
    expect(await firstStep(app, account)).not.toBe('');
  });
});

describe('a code whose sign-in fails for another reason', () => {
  it('stays valid after 409 at the session limit', async () => {
    const app = await startTestApp({ SESSION_MAX_PER_USER: '1', SESSION_CAP_POLICY: 'refuse' });
    try {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(app, account);
      const code = totpCode(account.secret);
      const full = await app.agent().post(SECOND_STEP).send({ continuation, code });
      expect(full.body).toMatchObject({ code: 'session_limit_reached' });
      const endSession = (full.body as { sessions: { id: string }[] }).sessions[0]!.id;
      await app.agent().post(SECOND_STEP).send({ continuation, code, endSession }).expect(200);
    } finally {
      await app.close();
    }
  });
});

describe('SECOND_FACTOR=required', () => {
  it('opens only the account’s own routes until a second factor is on, which then cannot be turned off', async () => {
    const app = await startTestApp({ SECOND_FACTOR: 'required' });
    try {
      const { username } = await signUp(app);
      const agent = await signIn(app, { username, password: PASSWORD });
      const post = { title: 'One', content: 'text' };
      expectError(await agent.post('/posts').send(post), 'second_factor_setup_required');
      for (const path of ['/users/me', '/users/protected', '/sessions', '/users/me/second-factor']) {
        await agent.get(path).expect(200);
      }
      const { body } = await agent.post('/users/me/totp').expect(201);
      await agent
        .put('/users/me/totp')
        .send({ code: totpCode(body.secret) })
        .expect(200);
      await agent.post('/posts').send(post).expect(201);
      expectError(await agent.delete('/users/me/totp'), 'second_factor_setup_required');
    } finally {
      await app.close();
    }
  });
});

describe('SECOND_FACTOR=off', () => {
  it('stops new set-ups and keeps those that are on', async () => {
    const MONGODB_URI = databaseUri(freshDatabase());
    const app = await startTestApp({ MONGODB_URI });
    const off = await startTestApp({ MONGODB_URI, SECOND_FACTOR: 'off' });
    const without = await startTestApp({ MONGODB_URI, DATA_KEYS: 'other:another-data-key-for-tests-of-enough-length' });
    try {
      const account = await signUpWithSecondFactor(app);
      const continuation = await firstStep(off, account);
      const agent = off.agent();
      await agent
        .post(SECOND_STEP)
        .send({ continuation, code: totpCode(account.secret) })
        .expect(200);
      expectError(await agent.post('/users/me/totp'), 'not_found');
      // The key is missing: TOTP stays on and cannot be used.
      const { username, password } = account;
      const first = await without.agent().post('/users/login').send({ username, password });
      expect(first.body).toMatchObject({ code: 'second_factor_required', methods: ['recovery_code'] });
      const code = totpCode(account.secret, 1);
      const again = { continuation: (first.body as { continuation: string }).continuation, code };
      expectError(await without.agent().post(SECOND_STEP).send(again), 'wrong_code');
      expect((await without.allLogs()).map(({ event }) => event)).toContain('data_key_missing');
    } finally {
      await without.close();
      await off.close();
      await app.close();
    }
  });
});

describe('DATA_KEYS', () => {
  it('rotate unnoticed: a right code moves its secret to the newest key', async () => {
    const MONGODB_URI = databaseUri(freshDatabase());
    const app = await startTestApp({ MONGODB_URI });
    const DATA_KEYS = `t2:the-newest-data-key-for-tests-of-this-file,${TEST_DATA_KEYS}`;
    const rotated = await startTestApp({ MONGODB_URI, DATA_KEYS });
    try {
      const account = await signUpWithSecondFactor(app);
      const keyId = async () =>
        (await app.db.collection('users').findOne({ username: account.username }))!.totpSecret.keyId as string;
      expect(await keyId()).toBe('t1');
      const continuation = await firstStep(rotated, account);
      await rotated
        .agent()
        .post(SECOND_STEP)
        .send({ continuation, code: totpCode(account.secret) })
        .expect(200);
      expect(await keyId()).toBe('t2');
      const again = await firstStep(rotated, account);
      const code = totpCode(account.secret, 1);
      await rotated.agent().post(SECOND_STEP).send({ continuation: again, code }).expect(200);
    } finally {
      await rotated.close();
      await app.close();
    }
  });
});

function expectErrorStatus(response: { status: number; body: { code?: string } }, status: number): void {
  expect([response.status, response.body.code]).toEqual([status, 'rate_limited']);
}
