import { ObjectId, type Document } from 'mongodb';
import { randomUUID } from 'node:crypto';
import type { Response as Answer } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AccountService } from '../../src/account/account.service.js';
import type { IssueCode, RevocationReason } from '../../src/errors/error-codes.js';
import { issue } from '../../src/errors/app.error.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { PASSWORD, signUp, type Credentials } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { renewed, signInDevice, signInDevices, type Device } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { afterNextHash, meetAtHash } from '../support/hashes.js';
import { letTimePass } from '../support/stored-sessions.js';
import { databaseUri, startTestApp, TEST_STORE, type TestApp } from '../support/test-app.js';

const MINUTE = 60_000;
const NEW_PASSWORD = 'another good horse battery';

describe('the life of an account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const users = () => app.db.collection<UserRecord & { passwordHash: string }>('users');
  const storedUser = async ({ username }: Credentials) => (await users().findOne({ username }))!;
  const logIn = (account: Credentials, password = account.password) =>
    app
      .agent()
      .post('/users/login')
      .send({ ...account, password });

  /** A new account with this many signed-in devices. */
  async function signedIn(count: number): Promise<{ account: Credentials; devices: Device[] }> {
    const account = await signUp(app);
    return { account, devices: await signInDevices(app, account, count) };
  }

  const assertLive = (device: Device) => device.get('/users/protected').expect(200);
  const assertEnded = async (device: Device, reason: RevocationReason) =>
    expectError(await device.get('/users/protected'), 'session_revoked', { reason });
  const change = (device: Device, currentPassword = PASSWORD, newPassword = NEW_PASSWORD) =>
    device.put('/users/me/password', { currentPassword, newPassword });

  async function activityTypes(device: Device): Promise<string[]> {
    const { body } = await device.get('/users/me/activity').expect(200);
    return body.items.map(({ type }: { type: string }) => type);
  }

  describe('changing the password', () => {
    it('revokes every other session, gives this one a new id, and keeps the user signed in', async () => {
      const { account, devices } = await signedIn(3);
      const [here, there, third] = devices as [Device, Device, Device];
      const answer = await change(here).expect(200);
      expect(answer.body).toEqual({ msg: 'Password changed', revokedSessions: 2 });
      await assertEnded(there, 'password_changed');
      await assertEnded(third, 'password_changed');
      await assertEnded(here, 'replaced');
      const now = renewed(app, answer, here.session);
      expect(now.cookie).not.toBe(here.cookie);
      await assertLive(now);
      const { body } = await now.get('/sessions').expect(200);
      expect(body.items).toHaveLength(1);
      expect(body.items[0].id).not.toBe(here.session.id);
      expectError(await logIn(account), 'invalid_credentials');
      await logIn(account, NEW_PASSWORD).expect(200);
    });

    it('keeps rememberMe of the session', async () => {
      const account = await signUp(app);
      const device = await signInDevice(app, account, { body: { rememberMe: false } });
      const answer = await change(device).expect(200);
      expect(setCookie(answer)!.attributes).not.toHaveProperty('max-age');
      expect(setCookie(answer)!.attributes).not.toHaveProperty('expires');
      const { body } = await renewed(app, answer, device.session).get('/sessions/current');
      expect(Date.parse(body.absoluteExpiresAt) - Date.parse(body.createdAt)).toBe(24 * 60 * MINUTE);
    });

    it('responds 403 to a wrong current password, records it and changes nothing', async () => {
      const { account, devices } = await signedIn(2);
      const [here, there] = devices as [Device, Device];
      const before = await storedUser(account);
      const answer = await change(here, 'not the password');
      expectError(answer, 'wrong_password');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(await storedUser(account)).toEqual(before);
      await assertLive(here);
      await assertLive(there);
      expect(await activityTypes(here)).toEqual(['password_change_failed', 'signed_in', 'signed_in']);
    });

    it.each<[string, IssueCode, number?]>([
      ['short', 'too_short', 8],
      ['x'.repeat(257), 'too_long', 256],
      ['password123', 'common_password'],
      ['lone \ud800 surrogate', 'not_well_formed'],
    ])('reports an issue of newPassword for %s', async (newPassword, code, limit) => {
      const { devices } = await signedIn(1);
      expectError(await change(devices[0]!, PASSWORD, newPassword), 'validation_failed', {
        issues: [issue('newPassword', code, limit)],
      });
    });

    it('rejects the username', async () => {
      const { account, devices } = await signedIn(1);
      expectError(await change(devices[0]!, PASSWORD, account.username.toUpperCase()), 'validation_failed', {
        issues: [issue('newPassword', 'equals_username')],
      });
    });

    it.each([
      [{}, ['currentPassword', 'newPassword']],
      [{ currentPassword: PASSWORD, newPassword: { $ne: null } }, ['newPassword']],
      [{ currentPassword: 5, newPassword: NEW_PASSWORD }, ['currentPassword']],
      [{ currentPassword: PASSWORD, newPassword: NEW_PASSWORD, roles: ['admin'] }, ['roles']],
    ])('rejects %j', async (body, paths) => {
      const { devices } = await signedIn(1);
      const answer = await devices[0]!.put('/users/me/password', body).expect(400);
      expect(answer.body.issues.map(({ path }: { path: string }) => path)).toEqual(paths);
    });

    it('voids a sign-in that verified the old password and finishes after the change', async () => {
      const { account, devices } = await signedIn(1);
      afterNextHash(app, () => change(devices[0]!).expect(200));
      const racing = await signInDevice(app, account);
      await assertEnded(racing, 'password_changed');
      await logIn(account, NEW_PASSWORD).expect(200);
    });

    it('allows one of two concurrent changes; the other changes nothing', async () => {
      const { account, devices } = await signedIn(2);
      meetAtHash(app, 2);
      const passwords = ['first of the new ones', 'second of the new ones'];
      const answers = await Promise.all(devices.map((device, n) => change(device, PASSWORD, passwords[n])));
      expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 403]));
      const winner = answers.findIndex(({ status }) => status === 200);
      expectError(answers[1 - winner]!, 'wrong_password');
      await logIn(account, passwords[winner]).expect(200);
      expectError(await logIn(account, passwords[1 - winner]), 'invalid_credentials');
      expect((await storedUser(account)).credentialVersion).toBe(1);
    });

    it.for(['sessions', 'audit_events'])(
      'is atomic: if %s cannot be written, the old password and sessions stay',
      async (collection, { skip }) => {
        const elsewhere = TEST_STORE === 'redis' && collection === 'sessions';
        if (elsewhere) skip('test/chaos/redis-unavailable.spec.ts has that of Redis');
        const { account, devices } = await signedIn(2);
        const before = await storedUser(account);
        const rule = (validator: object) => app.db.command({ collMod: collection, validator });
        onTestFinished(async () => void (await rule({})));
        await rule({ _id: 'none' });
        const answer = await change(devices[0]!);
        await rule({});
        expect(answer.status).toBeGreaterThanOrEqual(500);
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(await storedUser(account)).toEqual(before);
        for (const device of devices) await assertLive(device);
      },
    );

    it('is recorded, with the sessions that it revoked', async () => {
      const { devices } = await signedIn(2);
      const answer = await change(devices[0]!).expect(200);
      const { body } = await renewed(app, answer, devices[0]!.session).get('/users/me/activity');
      expect(body.items.map(({ type, sessionId }: Document) => [type, sessionId])).toEqual([
        ['session_revoked', devices[1]!.session.id],
        ['password_changed', expect.any(String)],
        ['signed_in', devices[1]!.session.id],
        ['signed_in', devices[0]!.session.id],
      ]);
    });
  });

  describe('re-authentication', () => {
    it('renews authenticatedAt under a new session id, and does not change other sessions', async () => {
      const { devices } = await signedIn(2);
      const [here, there] = devices as [Device, Device];
      await letTimePass(app.sessions, here.session.id);
      const answer = await here.post('/sessions/current/reauthentication', { password: PASSWORD }).expect(200);
      const { session } = answer.body;
      expect(Object.keys(answer.body)).toEqual(['session']);
      expect(session).toMatchObject({ current: true, ip: '127.0.0.1', amr: ['pwd'] });
      expect(Date.parse(session.authenticatedAt)).toBeGreaterThan(Date.now() - MINUTE);
      const now = renewed(app, answer, session);
      expect(now.cookie).not.toBe(here.cookie);
      expect((await now.get('/sessions/current').expect(200)).body).toEqual(session);
      await assertEnded(here, 'replaced');
      await assertLive(there);
      expect((await activityTypes(now))[0]).toBe('reauthenticated');
    });

    it('responds 403 to a wrong password, records it and does not change the session', async () => {
      const { devices } = await signedIn(1);
      const answer = await devices[0]!.post('/sessions/current/reauthentication', { password: 'wrong' });
      expectError(answer, 'wrong_password');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect((await devices[0]!.get('/sessions/current')).body).toEqual(devices[0]!.session);
      expect(await activityTypes(devices[0]!)).toEqual(['reauthentication_failed', 'signed_in']);
    });

    it.each([
      [{}],
      [{ password: 1 }],
      [{ password: PASSWORD, more: true }],
      [{ password: PASSWORD, credential: { id: 'x' } }],
      [[]],
    ])('rejects %j', async (body) => {
      const { devices } = await signedIn(1);
      expect((await devices[0]!.post('/sessions/current/reauthentication', body)).body.code).toBe('validation_failed');
    });
  });

  describe('a session that ends while its password is verified', () => {
    const renewals: [string, (device: Device) => Promise<Answer>][] = [
      ['step-up', (device) => device.post('/sessions/current/reauthentication', { password: PASSWORD })],
      ['a change of the password', (device) => change(device)],
    ];
    const endings: [RevocationReason, string, (here: Device, there: Device) => Promise<Answer>][] = [
      ['logged_out', 'sign-out', (here) => here.post('/users/logout').expect(200)],
      ['revoked', 'its id', (here, there) => there.delete(`/sessions/${here.session.id}`).expect(204)],
      ['revoked', 'the end of all others', (_, there) => there.delete('/sessions/others').expect(200, { revoked: 1 })],
      ['account_deleted', 'the end of the account', (_, there) => there.delete('/users/me').expect(204)],
    ];
    const cases = renewals.flatMap(([what, renew]) =>
      endings.map(([reason, by, end]) => ({ what, by, reason, renew, end })),
    );

    it.each(cases)('is not restored by $what: revoked by $by', async ({ what, reason, renew, end }) => {
      const { account, devices } = await signedIn(2);
      const [here, there] = devices as [Device, Device];
      afterNextHash(app, () => end(here, there));
      const answer = await renew(here);
      // A deleted account has no password to change.
      if (reason === 'account_deleted' && what !== 'step-up') return expectError(answer, 'wrong_password');
      expectError(answer, 'session_revoked', { reason });
      expect(answer.headers).not.toHaveProperty('set-cookie');
      await assertEnded(here, reason);
      if (reason === 'account_deleted') return;
      expect((await there.get('/sessions').expect(200)).body.items).toHaveLength(1);
      await logIn(account).expect(200);
    });
  });

  it('a session has one successor, however many re-authentications race with its cookie', async () => {
    const { devices } = await signedIn(1);
    const stepUps = Array.from({ length: 10 }, () =>
      devices[0]!.post('/sessions/current/reauthentication', { password: PASSWORD }),
    );
    const answers = await Promise.all(stepUps);
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    for (const answer of answers) {
      if (answer !== winners[0]) expectError(answer, 'session_revoked', { reason: 'replaced' });
    }
    const now = renewed(app, winners[0]!, winners[0]!.body.session);
    expect((await now.get('/sessions').expect(200)).body.items).toHaveLength(1);
  });

  describe('deleting the account', () => {
    it('needs a recent sign-in, which re-authentication provides', async () => {
      const { account, devices } = await signedIn(1);
      await letTimePass(app.sessions, devices[0]!.session.id);
      expectError(await devices[0]!.delete('/users/me'), 'reauthentication_required', { methods: ['password'] });
      expect(await storedUser(account)).not.toBeNull();
      const answer = await devices[0]!.post('/sessions/current/reauthentication', { password: PASSWORD }).expect(200);
      await renewed(app, answer, answer.body.session).delete('/users/me').expect(204);
      expect(await storedUser(account)).toBeNull();
    });

    it('does not count a sign-in in the future as recent: the clock was set back since', async () => {
      const { devices } = await signedIn(1);
      const authenticatedAt = new Date(Date.now() + 120 * MINUTE);
      await app.sessions.change(devices[0]!.storedId, { authenticatedAt });
      expectError(await devices[0]!.delete('/users/me'), 'reauthentication_required', { methods: ['password'] });
    });

    it('revokes every session, clears the cookie, and frees the username', async () => {
      const { account, devices } = await signedIn(2);
      const answer = await devices[0]!.delete('/users/me').expect(204, '');
      expect(setCookie(answer)).toMatchObject({
        pair: 'sid=',
        attributes: { expires: expect.stringContaining('1970') },
      });
      for (const device of devices) await assertEnded(device, 'account_deleted');
      expectError(await logIn(account), 'invalid_credentials');
      await signUp(app, account);
      await logIn(account).expect(200);
      for (const device of devices) await assertEnded(device, 'account_deleted');
    });

    it('leaves no document with its id in any collection', async () => {
      const { account, devices } = await signedIn(3);
      const [here, there, third] = devices as [Device, Device, Device];
      const { _id } = await storedUser(account);
      await logIn(account, 'wrong');
      await change(here, 'wrong');
      await there.post('/users/logout').expect(200);
      await here.delete(`/sessions/${third.session.id}`).expect(204);
      expect(await carriersOf(app, _id)).toEqual(expect.arrayContaining(['users', 'sessions', 'audit_events']));
      await here.delete('/users/me').expect(204);
      expect(await carriersOf(app, _id)).toEqual([]);
    });

    it('does not wait for much remaining data, which is removed afterwards', async () => {
      const { account, devices } = await signedIn(1);
      const { _id } = await storedUser(account);
      await leaveBehind(app, _id, 2_000, 50_000);
      await devices[0]!.delete('/users/me').expect(204);
      expect(await storedUser(account)).toBeNull();
      await expect.poll(() => deletions(app), { timeout: 25_000 }).toBe(0);
      expect(await carriersOf(app, _id)).toEqual([]);
    });
  });

  describe('disabling the account', () => {
    const accounts = () => app.app.get(AccountService, { strict: false });

    it('rejects every session at the next request, and sign-ins only after the right password', async () => {
      const { account, devices } = await signedIn(2);
      await accounts().disable(await storedUser(account));
      for (const device of devices) await assertEnded(device, 'account_disabled');
      expectError(await logIn(account), 'account_disabled');
      expectError(await logIn(account, 'wrong'), 'invalid_credentials');
    });

    it('is undone by enabling it, except for the revoked sessions', async () => {
      const { account, devices } = await signedIn(1);
      await accounts().disable(await storedUser(account));
      await accounts().enable(await storedUser(account));
      await assertEnded(devices[0]!, 'account_disabled');
      const again = await signInDevice(app, account);
      expect(await activityTypes(again)).toEqual([
        'signed_in',
        'account_enabled',
        'session_revoked',
        'account_disabled',
        'signed_in',
      ]);
    });

    it('also voids a sign-in that was in progress', async () => {
      const { account } = await signedIn(0);
      // What is stored of the user was read before this, so the sign-in goes on.
      afterNextHash(app, async () => accounts().disable(await storedUser(account)));
      const racing = await signInDevice(app, account);
      await assertEnded(racing, 'account_disabled');
      await accounts().enable(await storedUser(account));
      await assertEnded(racing, 'account_disabled');
    });
  });
});

it('a deletion that a process did not complete is completed by the next start', async () => {
  const before = await startTestApp();
  const { username } = await signUp(before);
  const gone = new ObjectId();
  const { _id: back } = (await before.db.collection('users').findOne({ username }))!;
  for (const id of [gone, back]) await leaveBehind(before, id, 1_000);
  const notes = [gone, back].map((_id) => ({ _id, at: new Date() }));
  await before.db.collection('pending_deletions').insertMany(notes);
  await before.app.close();

  const app = await startTestApp({ MONGODB_URI: databaseUri(before.db.databaseName) });
  await expect.poll(() => deletions(app), { timeout: 25_000 }).toBe(0);
  expect(await carriersOf(app, gone)).toEqual([]);
  // As a backup or an import brings an account back.
  expect(await carriersOf(app, back)).toEqual(expect.arrayContaining(['users', 'posts', 'audit_events']));
  await app.close();
  await before.close();
});

/** Inserts this many audit events, tombstones and posts. */
async function leaveBehind({ db }: TestApp, userId: ObjectId, count: number, posts = count): Promise<void> {
  const [at, expires] = [new Date(), new Date(Date.now() + 60 * MINUTE)];
  const post = { title: 'One of many', content: 'text', authorId: userId, createdAt: at, updatedAt: at };
  const event = { at, type: 'signed_in', userId, ip: '', userAgent: '', requestId: '', expires };
  const ended = () => ({ _id: randomUUID(), publicId: '', userId, revokedAt: at, reason: 'logged_out', expires });
  const many = <T>(document: () => T, length = count) => Array.from({ length }, document);
  await db.collection('posts').insertMany(many(() => ({ ...post }), posts));
  await db.collection('audit_events').insertMany(many(() => ({ ...event })));
  if (TEST_STORE === 'redis') return;
  await db.collection<Document & { _id: string }>('sessions').insertMany(many(ended));
}

/** How many accounts are still being removed. */
const deletions = ({ db }: TestApp) => db.collection('pending_deletions').countDocuments();

/** Names of the collections, and of the store of sessions, that have a document with this id anywhere in it, as ObjectId or as text. */
async function carriersOf(app: TestApp, id: ObjectId): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await app.db.listCollections().toArray()) {
    const documents = await app.db.collection(name).find().toArray();
    if (documents.some((document) => carries(document, id.toHexString()))) found.push(name);
  }
  const sessions = await app.sessions.all();
  if (sessions.some((session) => carries(session, id.toHexString()))) found.push('sessions');
  return found;
}

function carries(value: unknown, hex: string): boolean {
  if (value instanceof ObjectId) return value.toHexString() === hex;
  if (typeof value === 'string') return value.includes(hex);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.includes(hex) || carries(inner, hex));
}
