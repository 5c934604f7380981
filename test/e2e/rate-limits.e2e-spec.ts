import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Response } from 'supertest';
import { DatabaseService } from '../../src/database/database.service.js';
import { type Credentials, freshUsername, loginAs, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { signInDevice } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { afterNextHash, countHashes, holdHashes } from '../support/hashes.js';
import { holdWaits } from '../support/backoff.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

const WRONG = 'not the password';

function retryAfter({ headers }: Response): number {
  expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
  return Number(headers['retry-after']);
}

describe('guessing the password of one account', () => {
  let app: TestApp;
  let owner: Credentials;
  beforeAll(async () => {
    app = await startTestApp({ LOGIN_FREE_FAILURES: '3', LOGIN_MAX_DELAY: '1h' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    owner = await signUp(app);
  });

  const attempt = (password: string, { username } = owner) =>
    app.agent().post('/users/login').send({ username, password });
  const fail = async (times: number, account = owner) => {
    for (let i = 0; i < times; i++) expectError(await attempt(WRONG, account), 'invalid_credentials');
  };
  const attempts = () => app.db.collection('login_attempts');
  const newest = async () => (await attempts().find().sort({ at: -1 }).limit(1).next())!;
  /** With this and `holdWaits` nothing here depends on how long a test takes. */
  const endWaits = () => attempts().updateMany({}, [{ $set: { nextAt: '$at' } }]);

  it('is rejected after the free failures, even with the right password', async () => {
    await fail(3);
    await holdWaits(app);
    const answer = await attempt(PASSWORD);
    expectError(answer, 'rate_limited');
    expect(retryAfter(answer)).toBeGreaterThan(800);
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('is rejected in the same way for an unknown username', async () => {
    const unknown = { username: freshUsername(), password: PASSWORD };
    await fail(3, unknown);
    await holdWaits(app);
    const answer = await attempt(PASSWORD, unknown);
    expectError(answer, 'rate_limited');
    expect(retryAfter(answer)).toBeGreaterThan(800);
  });

  it('waits twice as long after each further failure, up to LOGIN_MAX_DELAY', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 16; i++) {
      await fail(1);
      const { nextAt, at } = await newest();
      waits.push(Number(nextAt) - Number(at));
      await endWaits();
    }
    const doubling = Array.from({ length: 12 }, (_, n) => 1000 * 2 ** n);
    expect(waits).toEqual([0, 0, ...doubling, 3_600_000, 3_600_000]);
  });

  it('lets the owner sign in after the wait', async () => {
    await fail(3);
    await endWaits();
    expect((await attempt(PASSWORD)).status).toBe(200);
  });

  it.each([
    ['hours', 3],
    ['days', 240],
  ])('does not extend waits when the clock of MongoDB is set back by %s', async (_, hours) => {
    await fail(3);
    await holdWaits(app);
    const later = (field: string) => ({ $add: [field, hours * 3_600_000] });
    const times = { at: later('$at'), nextAt: later('$nextAt'), expires: later('$expires') };
    const { _id } = await newest();
    await attempts().updateOne({ _id }, [{ $set: times }]);
    await attempt(PASSWORD).expect(200);
    await fail(1);
    const { nextAt, expires } = (await attempts().findOne({ _id }))!;
    expect(Number(nextAt)).toBeLessThan(Date.now() + 3_600_000);
    expect(Number(expires)).toBeLessThan(Date.now() + 48 * 3_600_000);
  });

  it('refunds an attempt that was right, and nothing else', async () => {
    await fail(2);
    for (let i = 0; i < 5; i++) await attempt(PASSWORD).expect(200);
    await fail(1);
    await holdWaits(app);
    expectError(await attempt(PASSWORD), 'rate_limited');
  });

  it('refunds an attempt only to the window in which it was counted', async () => {
    // While it is judged its window ends, and another process counts a failure in the next one.
    const next = { failures: 1, expires: new Date(Date.now() + 3_600_000) };
    afterNextHash(app, () => attempts().updateMany({}, { $set: next }));
    await attempt(PASSWORD).expect(200);
    expect(await newest()).toMatchObject(next);
  });

  it('does not prolong the wait by a rejected attempt', async () => {
    await fail(3);
    await holdWaits(app);
    const before = await newest();
    for (let i = 0; i < 20; i++) expectError(await attempt(WRONG), 'rate_limited');
    const { nextAt, expires } = before;
    expect(await newest()).toMatchObject({ _id: before._id, failures: 3, nextAt, expires });
  });

  it('counts every spelling of the username as one account', async () => {
    const spellings = [owner.username.toUpperCase(), ` ${owner.username} `, owner.username.replace('u', 'ｕ')];
    for (const username of spellings) await fail(1, { ...owner, username });
    await holdWaits(app);
    expectError(await attempt(PASSWORD), 'rate_limited');
  });

  it('allows no more concurrent guesses than sequential ones', async () => {
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 200 }, () => attempt(WRONG)));
    const seconds = (performance.now() - start) / 1000;
    const judged = answers.filter(({ status }) => status === 401).length;
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(200 - judged);
    expect(judged).toBeGreaterThanOrEqual(3);
    // Waits of 1, 2, 4 … seconds have ended meanwhile on a slow machine.
    expect(judged).toBeLessThanOrEqual(3 + Math.floor(Math.log2(seconds + 1)));
  });

  it('allows every free attempt, also one that arrives before the last and is counted after it', async () => {
    await fail(2);
    // To a command that waited for the last one to be written, the time of that one lies ahead.
    await attempts().updateMany({}, [{ $set: { nextAt: { $add: ['$at', 3_600_000] } } }]);
    expect((await attempt(PASSWORD)).status).toBe(200);
  });

  it('rejects none of many concurrent sign-ins of the owner', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(PASSWORD)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await attempt(PASSWORD)).status).toBe(200);
  });

  it('starts again after the window, whether its record was removed or not', async () => {
    await fail(3);
    await app.db.collection('login_attempts').updateMany({}, { $set: { expires: new Date(Date.now() - 1) } });
    await fail(3);
    await holdWaits(app);
    expectError(await attempt(PASSWORD), 'rate_limited');
  });

  it('stores no input', async () => {
    const typed = freshUsername();
    await fail(1, { username: typed, password: WRONG });
    for (const { name } of await app.db.listCollections().toArray()) {
      expect(JSON.stringify(await app.db.collection(name).find().toArray())).not.toContain(typed);
    }
  });

  it('revokes no session that a rejected attempt names as endSession', async () => {
    const device = await signInDevice(app, owner);
    const body = { ...owner, endSession: device.session.id };
    const naming = (password: string) =>
      app
        .agent()
        .post('/users/login')
        .send({ ...body, password });
    const user = { username: owner.username };
    expectError(await naming(WRONG), 'invalid_credentials');
    await app.db.collection('users').updateOne(user, { $set: { disabledAt: new Date() } });
    expectError(await naming(PASSWORD), 'account_disabled');
    await app.db.collection('users').updateOne(user, { $unset: { disabledAt: 1 } });
    await fail(2);
    await holdWaits(app);
    expectError(await naming(PASSWORD), 'rate_limited');
    await device.get('/users/protected').expect(200);
  });

  it('costs one bcrypt per allowed attempt, and none for a rejected one', async () => {
    const hashes = countHashes(app);
    await fail(3);
    await holdWaits(app);
    await attempt(WRONG).expect(429);
    await fail(3, { username: freshUsername(), password: WRONG });
    expect(hashes).toHaveBeenCalledTimes(6);
  });

  it('is also counted when a signed-in user confirms the password', async () => {
    const agent = await signIn(app, owner);
    const [sid] = sidOf(await attempt(PASSWORD));
    const change = { currentPassword: WRONG, newPassword: 'another good password' };
    const stranger = () => app.agent().put('/users/me/password').set('Cookie', sid!);
    expectError(await stranger().send(change), 'wrong_password');
    const reauthentication = app.agent().post('/sessions/current/reauthentication').set('Cookie', sid!);
    expectError(await reauthentication.send({ password: WRONG }), 'wrong_password');
    await fail(1);
    await holdWaits(app);
    expectError(await stranger().send({ ...change, currentPassword: PASSWORD }), 'rate_limited');
    expectError(await attempt(PASSWORD), 'rate_limited');
    await agent.post('/sessions/current/reauthentication').send({ password: PASSWORD }).expect(200);
  });

  const sidOf = ({ headers }: Response) =>
    (headers['set-cookie'] as unknown as string[]).filter((cookie) => cookie.startsWith('sid='));
});

describe('guessing without free failures and with waits of up to two days', () => {
  const DAY = 24 * 3_600_000;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ LOGIN_FREE_FAILURES: '0', LOGIN_MAX_DELAY: '2d' });
  });
  afterAll(() => app.close());

  it('waits one second after the first failure, in a window longer than every wait', async () => {
    const body = { username: freshUsername(), password: WRONG };
    expectError(await app.agent().post('/users/login').send(body), 'invalid_credentials');
    const { at, nextAt, expires } = (await app.db.collection('login_attempts').findOne())!;
    expect(Number(nextAt) - Number(at)).toBe(1_000);
    expect(Number(expires) - Number(at)).toBe(2 * DAY);
  });
});

describe('a known device of an account', () => {
  let app: TestApp;
  let owner: Credentials;
  beforeAll(async () => {
    app = await startTestApp({ LOGIN_FREE_FAILURES: '3', LOGIN_MAX_DELAY: '1h' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    owner = await signUp(app);
  });

  const logIn = (agent = app.agent(), password = PASSWORD) =>
    agent.post('/users/login').send({ username: owner.username, password });
  const lockOthers = async () => {
    for (let i = 0; i < 3; i++) await logIn(app.agent(), WRONG).expect(401);
    await holdWaits(app);
    await logIn().expect(429);
  };

  it('gets a cookie with the attributes of the session cookie for 400 days, at every sign-in', async () => {
    const { headers } = await logIn();
    const cookies = headers['set-cookie'] as unknown as string[];
    const device = cookies.find((cookie) => cookie.startsWith('device='));
    expect(device).toMatch(/^device=[^;]+; Max-Age=34560000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  it('signs in at the first attempt while others are rejected, signed out or not', async () => {
    const agent = await signIn(app, owner);
    await agent.post('/users/logout').expect(200);
    await lockOthers();
    expect((await logIn(agent)).status).toBe(200);
    expectError(await logIn(), 'rate_limited');
  });

  it('has a count of its own, which does not slow down other clients', async () => {
    const agent = await signIn(app, owner);
    for (let i = 0; i < 3; i++) await logIn(agent, WRONG).expect(401);
    await holdWaits(app);
    expectError(await logIn(agent), 'rate_limited');
    expect((await logIn()).status).toBe(200);
  });

  it('is not known to another account', async () => {
    const stranger = await loginAs(app);
    await lockOthers();
    expectError(await logIn(stranger), 'rate_limited');
  });

  it.each([
    ['cut', (cookie: string) => cookie.slice(0, -1)],
    ['changed', (cookie: string) => cookie.replace(/=./, (first) => (first === '=a' ? '=b' : '=a'))],
    ['unsigned', (cookie: string) => cookie.slice(0, cookie.lastIndexOf('.'))],
    ['empty', () => 'device='],
    ['of another kind', (_cookie: string, sid: string) => `device=${sid.slice('sid=s%3A'.length)}`],
  ])('is not recognized by a cookie that is %s', async (_, forge) => {
    const { headers } = await logIn();
    const jar = (headers['set-cookie'] as unknown as string[]).map((cookie) => cookie.split(';')[0]!);
    const [sid, device] = ['sid=', 'device='].map((name) => jar.find((cookie) => cookie.startsWith(name))!);
    await lockOthers();
    const forged = forge(device!, sid!);
    expect(forged).not.toBe(device);
    expectError(await logIn().set('Cookie', forged), 'rate_limited');
    expect((await logIn().set('Cookie', device!)).status).toBe(200);
  });

  it('is forgotten when the password is changed on another device, which stays known', async () => {
    const [old, other] = [await signIn(app, owner), await signIn(app, owner)];
    const change = { currentPassword: PASSWORD, newPassword: 'another good password' };
    await other.put('/users/me/password').send(change).expect(200);
    await lockOthers();
    expectError(await logIn(old, change.newPassword), 'rate_limited');
    expect((await logIn(other, change.newPassword)).status).toBe(200);
  });
});

describe('the name of the device cookie', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ COOKIE_SECURE: 'true', TRUST_PROXY: '1' });
  });
  afterAll(() => app.close());

  it('has the __Host- prefix with Secure cookies', async () => {
    const account = { username: freshUsername(), password: PASSWORD };
    const https = { 'X-Forwarded-Proto': 'https' };
    await app.agent().post('/users/signup').set(https).send(account).expect(201);
    const { headers } = await app.agent().post('/users/login').set(https).send(account);
    expect(headers['set-cookie']).toContainEqual(
      expect.stringMatching(/^__Host-device=[^;]+; Max-Age=34560000; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/),
    );
  });
});

describe('attempts from one IP address', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY: '1', LOGIN_RATE_PER_IP: '4/1h', SIGNUP_RATE_PER_IP: '3/1h' });
  });
  afterAll(() => app.close());
  beforeEach(() => app.db.collection('address_limits').deleteMany({}));

  const logIn = (ip: string, body: object = { username: freshUsername(), password: PASSWORD }) =>
    app.agent().post('/users/login').set('X-Forwarded-For', ip).send(body);
  const register = (ip: string, username = freshUsername()) =>
    app.agent().post('/users/signup').set('X-Forwarded-For', ip).send({ username, password: PASSWORD });

  it('to sign in are rejected beyond LOGIN_RATE_PER_IP, for all accounts together', async () => {
    for (let i = 0; i < 4; i++) await logIn('203.0.113.1').expect(401);
    const answer = await logIn('203.0.113.1');
    expectError(answer, 'rate_limited');
    expect(retryAfter(answer)).toBeGreaterThan(3500);
    expect((await logIn('203.0.113.2')).status).toBe(401);
  });

  it('are counted for the /64 network of an IPv6 address', async () => {
    for (let i = 1; i <= 4; i++) await logIn(`2001:db8:0:1:${i}::1`).expect(401);
    expectError(await logIn('2001:DB8::1:0:0:0:99'), 'rate_limited');
    expect((await logIn('2001:db8:0:2::1')).status).toBe(401);
  });

  it('are counted by the IP address from the proxy, not by one from the client', async () => {
    for (let i = 0; i < 4; i++) await logIn(`10.0.0.${i}, 203.0.113.3`).expect(401);
    expectError(await logIn('10.0.0.9, 203.0.113.3'), 'rate_limited');
  });

  it('are counted together if the proxy sends no IP address', async () => {
    for (let i = 0; i < 4; i++) await logIn(`unknown-${i}`).expect(401);
    expectError(await logIn('unknown-9'), 'rate_limited');
  });

  it('to sign up are rejected beyond SIGNUP_RATE_PER_IP, including taken usernames', async () => {
    const username = freshUsername();
    await register('203.0.113.4', username).expect(201);
    await register('203.0.113.4', username).expect(409);
    await register('203.0.113.4').expect(201);
    const answer = await register('203.0.113.4');
    expectError(answer, 'rate_limited');
    expect(retryAfter(answer)).toBeGreaterThan(3500);
    expect((await register('203.0.113.5')).status).toBe(201);
  });

  it('are not counted if the input is invalid', async () => {
    for (let i = 0; i < 5; i++) {
      await logIn('203.0.113.6', { username: 'a', password: 1 }).expect(400);
      await register('203.0.113.6', 'a').expect(400);
    }
    expect((await logIn('203.0.113.6')).status).toBe(401);
    expect((await register('203.0.113.6')).status).toBe(201);
  });

  it('to sign up are not counted if the hash queue is full', async () => {
    const release = holdHashes(app);
    const refused = await Promise.all(Array.from({ length: 5 }, () => register('203.0.113.12')));
    await release();
    for (const answer of refused) expectError(answer, 'overloaded');
    await register('203.0.113.12').expect(201);
  });

  it('do not exceed the limit when they race', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => logIn('203.0.113.7')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(36);
  });

  it('are counted in a window from the first attempt, which later ones do not move', async () => {
    await logIn('203.0.113.8').expect(401);
    const window = () => app.db.collection('address_limits').findOne({ key: 'login:203.0.113.8' });
    const { expire } = (await window())!;
    for (let i = 0; i < 2; i++) await logIn('203.0.113.8').expect(401);
    expect((await window())!.expire).toEqual(expire);
    await app.db.collection('address_limits').updateMany({}, { $set: { expire: new Date(Date.now() - 1) } });
    for (let i = 0; i < 4; i++) await logIn('203.0.113.8').expect(401);
    const { expire: next } = (await window())!;
    for (let i = 0; i < 3; i++) await logIn('203.0.113.8').expect(429);
    expect((await window())!.expire).toEqual(next);
  });

  it('are not counted in a window from before the clock was set back', async () => {
    for (let i = 0; i < 3; i++) await logIn('203.0.113.10').expect(401);
    const expire = new Date(Date.now() + 10 * 3_600_000);
    await app.db.collection('address_limits').updateMany({}, { $set: { expire } });
    for (let i = 0; i < 5; i++) await logIn('203.0.113.10').expect(401);
    const answer = await logIn('203.0.113.10');
    expectError(answer, 'rate_limited');
    expect(retryAfter(answer)).toBeLessThanOrEqual(3600);
  });

  it('are counted from there on, also by another process that finds that window later', async () => {
    app.singleProcess('its collection is held up');
    const ip = '203.0.113.11';
    await logIn(ip).expect(401);
    const expire = new Date(Date.now() + 10 * 3_600_000);
    await app.db.collection('address_limits').updateMany({}, { $set: { expire, points: 4 } });
    const limits = app.app.get(DatabaseService, { strict: false }).collection('address_limits');
    const remove = limits.deleteOne.bind(limits);
    vi.spyOn(limits, 'deleteOne').mockImplementationOnce(async (...given) => {
      for (let i = 0; i < 4; i++) await logIn(ip).expect(401);
      return remove(...given);
    });
    expectError(await logIn(ip), 'rate_limited');
  });
});

describe('without a trusted proxy', () => {
  const SETTINGS = { LOGIN_RATE_PER_IP: '2/1h' };
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(SETTINGS);
  });
  afterAll(() => app.close());

  it('no header changes the IP address of a client', async () => {
    const logIn = (ip: string) =>
      app
        .agent()
        .post('/users/login')
        .set({ 'X-Forwarded-For': ip, Forwarded: `for=${ip}`, 'X-Real-IP': ip, 'CF-Connecting-IP': ip })
        .send({ username: freshUsername(), password: PASSWORD });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await logIn(`203.0.113.${i}`)).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  it('a restart gives a client no new attempts', async () => {
    const body = { username: freshUsername(), password: PASSWORD };
    for (let i = 0; i < 2; i++) await app.agent().post('/users/login').send(body);
    const again = await startTestApp({ ...SETTINGS, MONGODB_URI: databaseUri(app.db.databaseName) });
    try {
      expectError(await again.agent().post('/users/login').send(body), 'rate_limited');
    } finally {
      await again.close();
    }
  });
});
