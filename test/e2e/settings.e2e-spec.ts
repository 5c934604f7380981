import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../src/errors/app.error.js';
import { freshUsername, PASSWORD, signUp } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { renewed, signInDevice } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GONE = 'Thu, 01 Jan 1970 00:00:00 GMT';

describe('settings other than the defaults', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      SESSION_IDLE_TIMEOUT: '3h',
      SESSION_ABSOLUTE_TIMEOUT: '5h',
      SESSION_SHORT_IDLE_TIMEOUT: '10m',
      SESSION_SHORT_ABSOLUTE_TIMEOUT: '40m',
      RECENT_LOGIN_WINDOW: '20m',
      PASSWORD_MIN_LENGTH: '15',
      COOKIE_SAMESITE: 'strict',
    });
  });
  afterAll(() => app.close());

  it.each([
    { rememberMe: true, idle: 3 * HOUR, absolute: 5 * HOUR, maxAge: '10800' },
    { rememberMe: false, idle: 10 * MINUTE, absolute: 40 * MINUTE, maxAge: undefined },
  ])(
    'determine the deadlines of a session with rememberMe $rememberMe, and of its cookie',
    async ({ rememberMe, idle, absolute, maxAge }) => {
      const body = { ...(await signUp(app)), rememberMe };
      const signedIn = await app.agent().post('/users/login').send(body).expect(200);
      const { createdAt, idleExpiresAt, absoluteExpiresAt } = signedIn.body.session;
      expect(Date.parse(idleExpiresAt) - Date.parse(createdAt)).toBe(idle);
      expect(Date.parse(absoluteExpiresAt) - Date.parse(createdAt)).toBe(absolute);
      expect(setCookie(signedIn)!.attributes['max-age']).toBe(maxAge);

      const device = renewed(app, signedIn, signedIn.body.session);
      await app.sessions.change(device.storedId, { lastSeenAt: new Date(Date.now() - 2 * MINUTE) });
      const used = await device.get('/sessions/current').expect(200);
      expect(Date.parse(used.body.idleExpiresAt) - Date.parse(used.body.lastSeenAt)).toBe(idle);
      expect(setCookie(used)!.attributes['max-age']).toBe(maxAge);
    },
  );

  it('determine how long a sign-in is recent', async () => {
    const device = await signInDevice(app, await signUp(app));
    const signedInBefore = (ms: number) =>
      app.sessions.change(device.storedId, { authenticatedAt: new Date(Date.now() - ms) });
    await signedInBefore(20 * MINUTE + 1);
    expectError(await device.delete('/users/me'), 'reauthentication_required', { methods: ['password'] });
    await signedInBefore(19 * MINUTE);
    await device.delete('/users/me').expect(204);
  });

  it('determine the minimum length of a password, at sign-up and at a change', async () => {
    const [short, long] = ['correct horse!', 'correct horse!!'];
    const signingUp = (password: string) =>
      app.agent().post('/users/signup').send({ username: freshUsername(), password });
    const refused = { issues: [issue('password', 'too_short', 15)] };
    expectError(await signingUp(short), 'validation_failed', refused);
    await signingUp(long).expect(201);
    const device = await signInDevice(app, await signUp(app));
    const change = (newPassword: string) =>
      device.put('/users/me/password', { currentPassword: PASSWORD, newPassword });
    expectError(await change(short), 'validation_failed', { issues: [issue('newPassword', 'too_short', 15)] });
    await change(long).expect(200);
  });

  it('determine SameSite of every cookie, also when it is cleared', async () => {
    const agent = app.agent();
    const signedIn = await agent.post('/users/login').send(await signUp(app));
    for (const name of ['sid', 'device']) {
      expect(setCookie(signedIn, name)!.attributes).toMatchObject({ path: '/', httponly: true, samesite: 'Strict' });
    }
    expect(setCookie(await agent.post('/users/logout'))!.attributes).toEqual({
      expires: GONE,
      path: '/',
      httponly: true,
      samesite: 'Strict',
    });
  });
});

describe('settings of a frontend on another site, and LOG_LEVEL=warn', () => {
  const HTTPS = { 'X-Forwarded-Proto': 'https' };
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(
      { COOKIE_SAMESITE: 'none', COOKIE_SECURE: 'true', TRUST_PROXY: '1', LOG_LEVEL: 'warn' },
      { singleProcess: 'a second process would tell of its start by lines that this log leaves out' },
    );
  });
  afterAll(() => app.close());

  it('apply to every cookie, also when it is cleared; the log has only warnings', async () => {
    const account = { username: freshUsername(), password: PASSWORD };
    const post = (path: string, body?: object) => app.agent().post(path).set(HTTPS).send(body);
    await post('/users/signup', account).expect(201);
    const signedIn = await post('/users/login', account).expect(200);
    const attributes = { path: '/', httponly: true, secure: true, samesite: 'None' };
    for (const name of ['__Host-sid', '__Host-device']) {
      expect(setCookie(signedIn, name)!.attributes).toMatchObject(attributes);
    }
    const { pair } = setCookie(signedIn, '__Host-sid')!;
    const signedOut = await post('/users/logout').set('Cookie', pair).expect(200);
    expect(setCookie(signedOut, '__Host-sid')!.attributes).toEqual({ ...attributes, expires: GONE });

    await post('/users/login', { ...account, password: 'wrong' }).expect(401);
    await expect.poll(() => app.logs.map(({ event }) => event)).toEqual(['authn_login_fail']);
  });
});
