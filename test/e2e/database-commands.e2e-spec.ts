import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD, signIn, signUp, verifyEmail, type Credentials } from '../support/accounts.js';
import { commandsDuring, COUNTS_COMMANDS } from '../support/commands.js';
import { setCookie } from '../support/cookies.js';
import { signInDevice } from '../support/devices.js';
import { startTestApp, TEST_STORE, type TestApp } from '../support/test-app.js';

const IN_MONGO = TEST_STORE === 'mongodb';
/** A session and its user. */
const READ = IN_MONGO ? ['aggregate'] : ['find'];

describe('MongoDB commands per request', () => {
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    app = await startTestApp({}, { singleProcess: COUNTS_COMMANDS });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  const history = () => app.db.collection('audit_events');

  it('are two for a sign-up, including the count of its IP address', async () => {
    const body = { username: freshUsername(), password: PASSWORD };
    expect(await commandsDuring(() => app.agent().post('/users/signup').send(body).expect(201))).toEqual([
      'findAndModify',
      'insert',
    ]);
  });

  it('are one for a protected read, including its user', async () => {
    const agent = await signIn(app, account);
    expect(await commandsDuring(() => agent.get('/users/protected').expect(200))).toEqual(READ);
    expect(await commandsDuring(() => agent.get('/users/me').expect(200))).toEqual(READ);
  });

  it('are seven for a sign-in, including three counts of attempts, and nine if it replaces a session', async () => {
    const agent = app.agent();
    const first = await commandsDuring(() => agent.post('/users/login').send(account).expect(200));
    const counts = ['findAndModify', 'findAndModify', 'update'];
    const [event, user, cap, session] = ['insert', 'find', 'find', 'insert'];
    expect(first.toSorted()).toEqual([...counts, event, user, ...(IN_MONGO ? [cap, session] : [])].toSorted());
    const email = { email: `${account.username}@example.com`, password: account.password };
    await verifyEmail(app, account, email.email);
    const byEmail = await commandsDuring(() => app.agent().post('/users/login').send(email).expect(200));
    expect(byEmail.length).toBe(first.length);
    const second = await commandsDuring(() => agent.post('/users/login').send(account).expect(200));
    expect(second).toContain('findAndModify');
    expect(second.length).toBeLessThanOrEqual(9);
  });

  it('are seven for a sign-in with mail off, also from a new device to an account with a verified address', async () => {
    const owner = await signUp(app);
    const verified = { $set: { email: 'ada@example.com', emailVerifiedAt: new Date() } };
    await app.db.collection('users').updateOne({ username: owner.username }, verified);
    const commands = await commandsDuring(() => app.agent().post('/users/login').send(owner).expect(200));
    expect(commands.length).toBeLessThanOrEqual(7);
    expect(await app.db.collection('outbox').countDocuments()).toBe(0);
  });

  it('are at most two for a sign-out', async () => {
    const agent = await signIn(app, account);
    const commands = await commandsDuring(() => agent.post('/users/logout').expect(200));
    expect(commands).toContain(IN_MONGO ? 'findAndModify' : 'insert');
    expect(commands.length).toBeLessThanOrEqual(2);
  });

  it('write nothing for a sign-out with the cookie of an ended session', async () => {
    const device = await signInDevice(app, account);
    await device.post('/users/logout').expect(200);
    const stored = async () => [await app.sessions.find(device.storedId), await history().countDocuments()];
    const before = await stored();
    const commands = await commandsDuring(() => device.post('/users/logout').expect(200));
    // One command finds no active session, and one finds no successor of the ended session.
    expect(commands).toEqual(IN_MONGO ? ['findAndModify', 'find'] : []);
    expect(await stored()).toEqual(before);
  });

  it('are none for a guest who signs out', async () => {
    for (const Cookie of ['', 'sid=s%3Aforged.signature']) {
      expect(await commandsDuring(() => app.agent().post('/users/logout').set({ Cookie }).expect(200))).toEqual([]);
    }
  });

  it.each([
    ['a protected route', '/users/protected', {}],
    ['a protected route with a forged cookie', '/users/protected', { Cookie: 'sid=s%3Aforged.signature' }],
    ['a sign-out', '/users/logout', {}],
    ['a sign-out with a forged cookie', '/users/logout', { Cookie: 'sid=s%3Aforged.signature' }],
    ['an address where nothing is', '/nothing', {}],
  ])('are none for a guest at %s', async (_, path, headers: Record<string, string>) => {
    expect(await commandsDuring(() => app.agent().get(path).set(headers))).toEqual([]);
  });

  it('are none for liveness and a ping for readiness, which load no session', async () => {
    const device = await signInDevice(app, account);
    await app.sessions.change(device.storedId, { lastSeenAt: new Date(Date.now() - 120_000) });
    for (const [path, commands] of [
      ['/health/live', []],
      ['/health/ready', ['ping']],
    ] as const) {
      const asked = async () => expect(setCookie(await device.get(path).expect(200))).toBeUndefined();
      expect(await commandsDuring(asked)).toEqual(commands);
    }
    // Its use was due: a route that loads it sends the cookie again.
    expect(setCookie(await device.get('/users/protected').expect(200))).toBeDefined();
  });

  it('are none for invalid input', async () => {
    const bodies = [{}, { username: { $ne: null }, password: PASSWORD }, { username: 'ada', password: 1 }];
    for (const body of bodies) {
      expect(await commandsDuring(() => app.agent().post('/users/login').send(body).expect(400))).toEqual([]);
      expect(await commandsDuring(() => app.agent().post('/users/signup').send(body).expect(400))).toEqual([]);
    }
  });

  it.each([
    ['put', '/users/me/password', { currentPassword: PASSWORD, newPassword: 'another good horse battery' }],
    ['post', '/sessions/current/reauthentication', { password: PASSWORD }],
    ['post', '/posts', { title: 'One', content: 'text' }],
    ['patch', `/posts/${'0'.repeat(24)}`, { title: 'One', content: 'text' }],
  ] as const)('are only reads of session and account for invalid input of %s %s', async (method, path, good) => {
    const agent = await signIn(app, account);
    const bad = Object.keys(good).flatMap((field) => [
      { ...good, [field]: { $ne: null } },
      { ...good, [field]: 1 },
    ]);
    // Which fields there are to be depends on whether the account has a password yet.
    const reads = method === 'put' ? [...READ, 'find'] : READ;
    for (const body of [...bad, { ...good, more: true }]) {
      expect(await commandsDuring(() => agent[method](path).send(body).expect(400))).toEqual(reads);
    }
  });

  it('do not write to users and sessions if a sign-in fails', async () => {
    const body = { username: freshUsername(), password: PASSWORD };
    const count = async () => [await app.db.collection('users').countDocuments(), (await app.sessions.all()).length];
    const before = await count();
    const commands = await commandsDuring(() => app.agent().post('/users/login').send(body).expect(401));
    expect(commands).toContain('find');
    expect(await count()).toEqual(before);
  });
});

describe('MongoDB commands with mail on', () => {
  /** The search for due jobs runs every two seconds, whatever is requested. */
  const commandsOf = async (work: () => PromiseLike<unknown>) =>
    (await commandsDuring(work)).filter((command) => command !== 'distinct');

  it('are those with mail off for a read, and for a sign-up and a sign-in that no mail is due for', async () => {
    const mail = { MAIL_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'app@example.com', FRONTEND_URL: 'https://example.com' };
    const counts = [];
    for (const settings of [{}, mail]) {
      const app = await startTestApp(settings, { singleProcess: COUNTS_COMMANDS });
      const account = { username: freshUsername(), password: PASSWORD };
      const agent = app.agent();
      const signUps = await commandsOf(() => agent.post('/users/signup').send(account).expect(201));
      const signIns = await commandsOf(() => agent.post('/users/login').send(account).expect(200));
      expect(await commandsOf(() => agent.get('/users/me').expect(200))).toEqual(READ);
      // A verified address, and a device that is known: there is nothing to tell the owner.
      await verifyEmail(app, account, `${account.username}@example.com`);
      const known = await commandsOf(() => agent.post('/users/login').send(account).expect(200));
      counts.push([signUps, signIns, known].map((commands) => commands.toSorted()));
      await app.close();
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});

describe('MongoDB commands of a sign-in from an IP address at its rate limit', () => {
  it('are none, and the response has Retry-After', async () => {
    const app = await startTestApp({ LOGIN_RATE_PER_IP: '2/1h' }, { singleProcess: COUNTS_COMMANDS });
    try {
      const attempt = () => app.agent().post('/users/login').send({ username: 'ada', password: 'wrong' });
      for (let i = 0; i < 2; i++) await attempt().expect(401);
      const commands = await commandsDuring(async () => {
        const { headers } = await attempt().expect(429);
        expect(Number(headers['retry-after'])).toBeGreaterThan(3_000);
      });
      expect(commands).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
