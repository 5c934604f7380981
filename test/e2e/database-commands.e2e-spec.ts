import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD, signIn, signUp, type Credentials } from '../support/accounts.js';
import { commandsDuring, COMMANDS_ARE_ITS_OWN } from '../support/commands.js';
import { startTestApp, TEST_STORE, type TestApp } from '../support/test-app.js';

const IN_MONGO = TEST_STORE === 'mongodb';

describe('MongoDB commands per request', () => {
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    app = await startTestApp({}, { alone: COMMANDS_ARE_ITS_OWN });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  it('are two for a signup, the count of its address included', async () => {
    const body = { username: freshUsername(), password: PASSWORD };
    expect(await commandsDuring(() => app.agent().post('/users/signup').send(body).expect(201))).toEqual([
      'findAndModify',
      'insert',
    ]);
  });

  it('are one for a protected read, its user included', async () => {
    const agent = await signIn(app, account);
    const read = IN_MONGO ? ['aggregate'] : ['find'];
    expect(await commandsDuring(() => agent.get('/users/protected').expect(200))).toEqual(read);
    expect(await commandsDuring(() => agent.get('/users/me').expect(200))).toEqual(read);
  });

  it('are seven for a sign-in, its three counts against guessing included; nine where a session is replaced', async () => {
    const agent = app.agent();
    const first = await commandsDuring(() => agent.post('/users/login').send(account).expect(200));
    expect(first).toEqual(expect.arrayContaining(['find', 'insert']));
    expect(first.length).toBeLessThanOrEqual(7);
    const second = await commandsDuring(() => agent.post('/users/login').send(account).expect(200));
    expect(second).toContain('findAndModify');
    expect(second.length).toBeLessThanOrEqual(9);
  });

  it('are at most two for a sign-out', async () => {
    const agent = await signIn(app, account);
    const commands = await commandsDuring(() => agent.post('/users/logout').expect(200));
    expect(commands).toContain(IN_MONGO ? 'findAndModify' : 'insert');
    expect(commands.length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['a protected route', '/users/protected', {}],
    ['a protected route with a forged cookie', '/users/protected', { Cookie: 'sid=s%3Aforged.signature' }],
    ['a sign-out', '/users/logout', {}],
    ['a sign-out with a forged cookie', '/users/logout', { Cookie: 'sid=s%3Aforged.signature' }],
    ['liveness', '/health/live', { Cookie: 'sid=s%3Aforged.signature' }],
    ['an address where nothing is', '/nothing', {}],
  ])('are none for a guest at %s', async (_, path, headers: Record<string, string>) => {
    expect(await commandsDuring(() => app.agent().get(path).set(headers))).toEqual([]);
  });

  it('are none for input that is refused', async () => {
    const bodies = [{}, { username: { $ne: null }, password: PASSWORD }, { username: 'ada', password: 1 }];
    for (const body of bodies) {
      expect(await commandsDuring(() => app.agent().post('/users/login').send(body).expect(400))).toEqual([]);
      expect(await commandsDuring(() => app.agent().post('/users/signup').send(body).expect(400))).toEqual([]);
    }
  });

  it('write nothing into users and sessions when a sign-in fails', async () => {
    const body = { username: freshUsername(), password: PASSWORD };
    const count = async () => [await app.db.collection('users').countDocuments(), (await app.sessions.all()).length];
    const before = await count();
    const commands = await commandsDuring(() => app.agent().post('/users/login').send(body).expect(401));
    expect(commands).toContain('find');
    expect(await count()).toEqual(before);
  });
});

describe('MongoDB commands of a sign-in from an address that has used up its attempts', () => {
  it('are none, and it is told how long its window lasts', async () => {
    const app = await startTestApp({ LOGIN_RATE_PER_IP: '2/1h' }, { alone: COMMANDS_ARE_ITS_OWN });
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
