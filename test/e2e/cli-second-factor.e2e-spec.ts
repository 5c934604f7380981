import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/cli/doctor/run-checks.js';
import { signIn, signUp } from '../support/accounts.js';
import { runCli, runCliJson } from '../support/cli.js';
import { expectError } from '../support/expect-error.js';
import { addPasskey, signInByPasskey, WITH_PASSKEYS } from '../support/passkeys.js';
import {
  firstStep,
  SECOND_STEP,
  signInWithSecondFactor,
  signUpWithSecondFactor,
  totpCode,
} from '../support/second-factor.js';
import { databaseUri, startTestApp, TEST_DATA_KEYS, testSettings, type TestApp } from '../support/test-app.js';

const NEWEST_KEY = 't2:the-newest-data-key-for-tests-of-the-cli';
const NEWER_KEYS = `${NEWEST_KEY},${TEST_DATA_KEYS}`;
const OTHER_KEYS = 't9:a-data-key-that-encrypted-no-secret-so-far';
const REUSED_ID = 't1:another-secret-under-the-id-of-a-key-in-use';

let app: TestApp;
let withoutOldKey: TestApp;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  app = await startTestApp(WITH_PASSKEYS);
  const MONGODB_URI = databaseUri(app.db.databaseName);
  withoutOldKey = await startTestApp({ ...WITH_PASSKEYS, MONGODB_URI, DATA_KEYS: NEWEST_KEY });
  env = testSettings({ ...WITH_PASSKEYS, MONGODB_URI });
});
afterAll(async () => {
  await withoutOldKey.close();
  await app.close();
});

const storedUser = (username: string) => app.db.collection('users').findOne({ username });

describe('user reset-second-factor', () => {
  it('removes TOTP, recovery codes and passkeys, and ends every session', async () => {
    const { agent, account } = await signInWithSecondFactor(app);
    const { authenticator } = await addPasskey(agent);
    const run = await runCliJson(['user', 'reset-second-factor', account.username], { env });
    expect(run).toMatchObject({ code: 0, stderr: '', json: { userName: account.username, revokedSessions: 1 } });
    expectError(await agent.get('/users/me'), 'session_revoked', { reason: 'second_factor_changed' });
    expectError(await signInByPasskey(app.agent(), authenticator), 'unknown_passkey');
    const again = await signIn(app, account);
    const { body } = await again.get('/users/me/second-factor').expect(200);
    expect(body).toEqual({ passkeys: 0, required: false });
  });

  it('voids a sign-in that waits for its second factor', async () => {
    const account = await signUpWithSecondFactor(app);
    const continuation = await firstStep(app, account);
    await runCli(['user', 'reset-second-factor', account.username], { env });
    const proof = { continuation, code: totpCode(account.secret) };
    expectError(await app.agent().post(SECOND_STEP).send(proof), 'sign_in_expired');
  });

  it('appears in the activity of the account, by the operator', async () => {
    const account = await signUpWithSecondFactor(app);
    await runCli(['user', 'reset-second-factor', account.username], { env });
    const agent = await signIn(app, account);
    const { items } = (await agent.get('/users/me/activity?limit=100').expect(200)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ type: 'second_factor_reset', device: { label: 'operator', userAgent: 'operator' } }),
    );
  });

  it('leaves an account without a second factor able to sign in', async () => {
    const account = await signUp(app);
    const run = await runCli(['user', 'reset-second-factor', account.username], { env });
    expect(run.code).toBe(0);
    await signIn(app, account);
  });

  it('fails for an unknown name', async () => {
    const run = await runCliJson(['user', 'reset-second-factor', 'no-such-user'], { env });
    expect(run.code).toBe(1);
    expect(run.json).toMatchObject({ error: { code: 'no_such_user' } });
  });
});

describe('data-keys reencrypt', () => {
  it('encrypts every secret with the newest key, so that the old key can go', async () => {
    const account = await signUpWithSecondFactor(app);
    expect((await storedUser(account.username))!.totpSecret.keyId).toBe('t1');
    const run = await runCliJson(['data-keys', 'reencrypt'], { env: { ...env, DATA_KEYS: NEWER_KEYS } });
    expect(run).toMatchObject({ code: 0, json: { missing: 0 } });
    expect((run.json as { reencrypted: number }).reencrypted).toBeGreaterThanOrEqual(1);
    expect((await storedUser(account.username))!.totpSecret.keyId).toBe('t2');

    const continuation = await firstStep(withoutOldKey, account);
    const proof = { continuation, code: totpCode(account.secret) };
    await withoutOldKey.agent().post(SECOND_STEP).send(proof).expect(200);
    // The other tests of this file use the first key.
    const back = `${TEST_DATA_KEYS},${NEWEST_KEY}`;
    await runCli(['data-keys', 'reencrypt'], { env: { ...env, DATA_KEYS: back } });
    expect((await storedUser(account.username))!.totpSecret.keyId).toBe('t1');
  });

  it('has nothing to do a second time', async () => {
    await signUpWithSecondFactor(app);
    const run = await runCliJson(['data-keys', 'reencrypt'], { env });
    expect(run).toMatchObject({ code: 0, json: { reencrypted: 0, missing: 0 } });
  });

  it.each([
    ['whose key DATA_KEYS lacks', OTHER_KEYS],
    ['whose key has another secret now', `${OTHER_KEYS},${REUSED_ID}`],
  ])('counts secrets %s, leaves them as they are and fails', async (_which, DATA_KEYS) => {
    const { username } = await signUpWithSecondFactor(app);
    const before = (await storedUser(username))!.totpSecret;
    const run = await runCliJson(['data-keys', 'reencrypt'], { env: { ...env, DATA_KEYS } });
    expect(run.code).toBe(1);
    const { reencrypted, missing } = run.json as { reencrypted: number; missing: number };
    expect(reencrypted).toBe(0);
    expect(missing).toBeGreaterThanOrEqual(1);
    expect((await storedUser(username))!.totpSecret).toEqual(before);
  });

  it('asks for DATA_KEYS', async () => {
    const run = await runCliJson(['data-keys', 'reencrypt'], { env: { ...env, DATA_KEYS: '' } });
    expect(run.code).toBe(1);
    expect(run.json).toMatchObject({ error: { code: 'no_data_keys' } });
  });
});

describe('doctor', () => {
  async function examine(settings: NodeJS.ProcessEnv): Promise<[severity: string, code: string, message: string][]> {
    const { json } = await runCliJson(['doctor'], { env: { ...env, ...settings } });
    const { checks } = json as { checks: CheckResult[] };
    const own = checks.filter(({ name }) => name === 'data keys' || name === 'passkeys');
    const problems = own.flatMap((check) => check.problems);
    return problems.map(({ severity, code, message }) => [severity, code, message]);
  }

  it('counts the secrets that an older key encrypts, and those that no key decrypts', async () => {
    await signUpWithSecondFactor(app);
    await app.db.collection('users').deleteMany({ 'totpSecret.keyId': 'gone' });
    expect(await examine({})).toEqual([]);
    expect(await examine({ DATA_KEYS: NEWER_KEYS })).toEqual([
      ['warning', 'data_key_old', expect.stringContaining('t1')],
    ]);
    expect(await examine({ DATA_KEYS: OTHER_KEYS })).toEqual([
      ['failed', 'data_key_missing', expect.stringContaining('t1')],
    ]);
    await app.db.collection('users').insertOne({
      _id: new ObjectId(),
      username: 'of-another-key',
      totp: { enabledAt: new Date() },
      totpSecret: { keyId: 'gone', data: 'AAAA', lastStep: 0 },
    });
    expect(await examine({})).toEqual([['failed', 'data_key_missing', expect.stringMatching(/gone.* 1 account$/)]]);
    await app.db.collection('users').deleteOne({ username: 'of-another-key' });
  });

  it.each<[string, NodeJS.ProcessEnv, string[]]>([
    ['an origin of another domain', { PASSKEY_ORIGINS: 'https://app.example.com,https://example.org' }, ['outside']],
    [
      'an origin beside the RP ID',
      { PASSKEY_RP_ID: 'app.example.com', PASSKEY_ORIGINS: 'https://example.com' },
      ['outside'],
    ],
    ['a name that only ends like the RP ID', { PASSKEY_ORIGINS: 'https://evilapp.example.com' }, ['outside']],
    ['an RP ID of another domain', { PASSKEY_RP_ID: 'example.org' }, ['outside']],
    [
      'subdomains and apps',
      { PASSKEY_RP_ID: 'example.com', PASSKEY_ORIGINS: 'https://a.example.com,android:apk-key-hash:abc' },
      [],
    ],
  ])('warns of origins outside the RP ID: %s', async (_which, settings, found) => {
    const problems = await examine(settings);
    expect(problems.map(([severity, code]) => `${severity} ${code}`)).toEqual(
      found.map(() => 'warning passkey_origin_outside_rp_id'),
    );
  });

  it('reports nothing while passkeys are off', async () => {
    const settings = { FRONTEND_URL: 'http://127.0.0.1:3000', PASSKEY_ORIGINS: 'https://example.org' };
    expect(await examine(settings)).toEqual([]);
  });
});
