import { MongoClient, type Db } from 'mongodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Credentials } from '../support/accounts.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { ask, signInAt, signUpAt } from '../support/http.js';
import { Mongod } from '../support/mongod.js';
import { totpCode } from '../support/second-factor.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

/** The driver may take the server for lost until its next heartbeat. */
const RECOVERY = { timeout: timeLimit(10_000) };

/** Server codes of a database that is there and cannot write. */
const FAILURES = [
  ['that is shutting down', 11600],
  ['that is out of disk space', 14031],
  ['whose primary has stepped down', 10107],
] as const;

describe('failed writes of MongoDB', () => {
  let mongod: Mongod;
  let client: MongoClient;
  let db: Db;
  let app: AppProcess;
  let account: Credentials;
  let cookie: string;

  beforeAll(async () => {
    mongod = await Mongod.create();
    await mongod.start();
    client = await new MongoClient(mongod.uri()).connect();
    db = client.db();
    app = await startProcess(testSettings({ MONGODB_URI: mongod.uri(), SESSION_STORE: 'mongodb' }));
    account = await signUpAt(app.url);
    cookie = await signInAt(app.url, account);
  });
  afterEach(() => fail('off'));
  afterAll(async () => {
    await app?.kill();
    await client?.close();
    await mongod?.stop();
  });

  const stillSignedIn = () => ask(`${app.url}/users/protected`, { cookie }).then(({ status }) => status);

  async function fail(
    mode: 'off' | 'alwaysOn' | { times: number },
    command = 'none',
    collection?: string,
    errorCode = 0,
  ): Promise<void> {
    const namespace = collection && { namespace: `${db.databaseName}.${collection}` };
    const data = { failCommands: [command], ...namespace, errorCode };
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
  }

  it.each(FAILURES)('a sign-in gets 503 without a cookie and leaves no session: one %s', async (_, errorCode) => {
    const sessions = db.collection('sessions');
    const before = await sessions.countDocuments();
    await fail('alwaysOn', 'insert', 'sessions', errorCode);
    const login = await ask(`${app.url}/users/login`, { body: account });
    expect(login.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
    expect(login.cookies).toEqual([]);
    await expect.poll(stillSignedIn, RECOVERY).toBe(200);
    expect(await sessions.countDocuments()).toBe(before);
  });

  it('a sign-in whose first write failed leaves no session, although express-session tries again', async () => {
    const sessions = db.collection('sessions');
    const before = await sessions.countDocuments();
    await fail({ times: 1 }, 'insert', 'sessions', 14031);
    const login = await ask(`${app.url}/users/login`, { body: account });
    expect(login.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
    expect(login.cookies).toEqual([]);
    expect(await sessions.countDocuments()).toBe(before);
    expect((await ask(`${app.url}/users/login`, { body: account })).status).toBe(200);
  });

  it('a sign-in that cannot revoke the previous session gets 503, and that session stays active', async () => {
    const sessions = db.collection('sessions');
    const before = await sessions.countDocuments();
    await fail('alwaysOn', 'findAndModify', 'sessions', 14031);
    expectUnavailable(await ask(`${app.url}/users/login`, { body: account, cookie }));
    expect(await stillSignedIn()).toBe(200);
    expect(await sessions.countDocuments()).toBe(before);
  });

  it.each(FAILURES)('a sign-out gets 503 and the session stays active: one %s', async (_, errorCode) => {
    await fail('alwaysOn', 'findAndModify', 'sessions', errorCode);
    const logout = await ask(`${app.url}/users/logout`, { method: 'POST', cookie });
    expect(logout.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
    expect(logout.cookies).toEqual([]);
    await expect.poll(stillSignedIn, RECOVERY).toBe(200);
  });

  it.each(['code', 'recoveryCode'] as const)(
    'a %s and its continuation stay valid if the session of the second step cannot be stored',
    async (kind) => {
      const owner = await signUpAt(app.url);
      const { secret, recoveryCodes } = await enableTotpAt(owner);
      const first = await ask(`${app.url}/users/login`, { body: owner });
      const proof = kind === 'code' ? { code: totpCode(secret) } : { recoveryCode: recoveryCodes[0] };
      const secondStep = { body: { continuation: first.body.continuation, ...proof } };
      await fail('alwaysOn', 'insert', 'sessions', 14031);
      expectUnavailable(await ask(`${app.url}/users/login/second-factor`, secondStep));
      expectUnavailable(await ask(`${app.url}/users/login/second-factor`, secondStep));
      await fail('off');
      const done = await ask(`${app.url}/users/login/second-factor`, secondStep);
      expect(done.status).toBe(200);
      expect((await ask(`${app.url}/users/login/second-factor`, secondStep)).body).toMatchObject({
        code: 'wrong_code',
      });
    },
  );

  async function enableTotpAt(owner: Credentials): Promise<{ secret: string; recoveryCodes: string[] }> {
    const signedIn = await signInAt(app.url, owner);
    const key = await ask(`${app.url}/users/me/totp`, { method: 'POST', cookie: signedIn });
    const secret = key.body.secret as string;
    const confirm = () =>
      ask(`${app.url}/users/me/totp`, { method: 'PUT', cookie: signedIn, body: { code: totpCode(secret, -1) } });
    const first = await confirm();
    // The step before has just become too old.
    const { body } = first.status === 403 ? await confirm() : first;
    return { secret, recoveryCodes: body.recoveryCodes as string[] };
  }

  it('with the policy refuse, the previous session stays active if the new one cannot be stored', async () => {
    const settings = { MONGODB_URI: mongod.uri(), SESSION_STORE: 'mongodb', SESSION_CAP_POLICY: 'refuse' };
    const refusing = await startProcess(testSettings(settings));
    try {
      await fail('alwaysOn', 'insert', 'sessions', 14031);
      expectUnavailable(await ask(`${refusing.url}/users/login`, { body: account, cookie }));
      expect(await stillSignedIn()).toBe(200);
    } finally {
      await refusing.kill();
    }
  });

  it('a read succeeds although the touch of its session cannot be stored', async () => {
    await db.collection('sessions').updateMany({}, { $set: { lastSeenAt: new Date(Date.now() - 120_000) } });
    await fail('alwaysOn', 'update', 'sessions', 14031);
    const read = await ask(`${app.url}/users/protected`, { cookie });
    expect(read.status).toBe(200);
    await expect.poll(() => app.logs.some(({ context }) => context === 'SessionTouchService')).toBe(true);
  });

  /** Last, and with accounts of their own: a transaction that is left open keeps what it wrote to itself for a minute. */
  it.each([
    ['password_changed', 'PUT', '/users/me/password', { currentPassword: PASSWORD, newPassword: 'another good one' }],
    ['reauthenticated', 'POST', '/sessions/current/reauthentication', { password: PASSWORD }],
  ])('the activity does not show %s if it could not be committed', async (type, method, path, body) => {
    const theirs = await signInAt(app.url, await signUpAt(app.url));
    await fail('alwaysOn', 'commitTransaction', undefined, 14031);
    expectUnavailable(await ask(`${app.url}${path}`, { method, body, cookie: theirs }));
    expect(await db.collection('audit_events').countDocuments({ type })).toBe(0);
    expect((await ask(`${app.url}/users/protected`, { cookie: theirs })).status).toBe(200);
  });

  /** Last too, for the same reason. */
  it('an account stays complete if its deletion cannot be committed', async () => {
    const his = await signInAt(app.url, await signUpAt(app.url));
    await ask(`${app.url}/posts`, { body: { title: 'His own', content: 'text' }, cookie: his });
    const stored = () =>
      Promise.all(
        ['users', 'sessions', 'posts', 'pending_deletions'].map((name) => db.collection(name).find().toArray()),
      );
    const before = await stored();
    expect(before.map(({ length }) => length > 0)).toEqual([true, true, true, false]);
    await fail('alwaysOn', 'commitTransaction', undefined, 14031);
    expectUnavailable(await ask(`${app.url}/users/me`, { method: 'DELETE', cookie: his }));
    expect(await stored()).toEqual(before);
    expect((await ask(`${app.url}/users/me`, { cookie: his })).status).toBe(200);
  });
});
