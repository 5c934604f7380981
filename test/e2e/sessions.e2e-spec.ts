import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RevocationReason } from '../../src/errors/error-codes.js';
import type { SessionView } from '../../src/sessions/devices/session.views.js';
import { signUp } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { signInDevice, signInDevices, type Device, type SignInOptions } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const GONE = 'Thu, 01 Jan 1970 00:00:00 GMT';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

describe('sessions as devices', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY: '1' });
  });
  afterAll(() => app.close());

  /** A new account with this many signed-in devices. */
  async function devices(count: number, options?: SignInOptions): Promise<Device[]> {
    return signInDevices(app, await signUp(app), count, options);
  }

  async function listed(device: Device): Promise<SessionView[]> {
    const { body } = await device.get('/sessions').expect(200);
    expect(Object.keys(body)).toEqual(['items']);
    return body.items;
  }

  const assertLive = (device: Device) => device.get('/users/protected').expect(200);
  const assertEnded = async (device: Device, reason: RevocationReason = 'revoked') =>
    expectError(await device.get('/users/protected'), 'session_revoked', { reason });

  describe('the view', () => {
    it('is exactly the public view, with both deadlines', async () => {
      const [device] = await devices(1, { headers: { 'User-Agent': FIREFOX } });
      const { body } = await device!.get('/sessions/current').expect(200);
      expect(body).toEqual({
        id: expect.stringMatching(UUID),
        current: true,
        createdAt: expect.stringMatching(ISO),
        lastSeenAt: body.createdAt,
        authenticatedAt: body.createdAt,
        idleExpiresAt: new Date(Date.parse(body.createdAt) + 7 * DAY).toISOString(),
        absoluteExpiresAt: new Date(Date.parse(body.createdAt) + 30 * DAY).toISOString(),
        ip: '127.0.0.1',
        device: { label: 'Firefox on Linux', userAgent: FIREFOX },
        amr: ['pwd'],
        aal: 1,
      });
      expect(await listed(device!)).toEqual([body]);
      expect(device!.session).toEqual(body);
      expect((await device!.get('/users/me')).body.session).toEqual(body);
    });

    it('has the shorter deadlines with rememberMe false', async () => {
      const [device] = await devices(1, { body: { rememberMe: false } });
      const { createdAt, idleExpiresAt, absoluteExpiresAt } = device!.session;
      expect(Date.parse(idleExpiresAt) - Date.parse(createdAt)).toBe(DAY / 12);
      expect(Date.parse(absoluteExpiresAt) - Date.parse(createdAt)).toBe(DAY);
    });

    it.each([
      [FIREFOX, 'Firefox on Linux'],
      [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
        'Safari on iOS',
      ],
      [
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
        'Microsoft Edge on Windows',
      ],
      [
        'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
        'Chrome on Android',
      ],
      ['curl/8.5.0', 'curl'],
      ['PostmanRuntime/7.43.0', 'PostmanRuntime'],
      ['okhttp/4.12.0', 'okhttp'],
      ['MyApp/1.0 (Android 14)', 'MyApp on Android'],
      ['MyApp/3.2 (iPhone; iOS 17.2; Scale/3.00)', 'MyApp on iOS'],
      ['Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7)', 'Android Browser on Android'],
      ['Mozilla/5.0', 'Unknown device'],
      ['?', 'Unknown device'],
      ['<script>alert(1)</script>/1.0 (x)', 'Unknown device'],
    ])('labels %s', async (userAgent, label) => {
      const [device] = await devices(1, { headers: { 'User-Agent': userAgent } });
      expect(device!.session.device).toEqual({ label, userAgent });
    });

    it('labels a client without a user agent, and stores at most 512 characters of a long one', async () => {
      const [silent] = await devices(1, { headers: { 'User-Agent': '' } });
      expect(silent!.session.device).toEqual({ label: 'Unknown device', userAgent: '' });
      const [long] = await devices(1, { headers: { 'User-Agent': 'x'.repeat(2000) } });
      expect(long!.session.device.userAgent).toBe('x'.repeat(512));
      expect(long!.session.device.label.length).toBeLessThanOrEqual(40);
    });

    it('has the IP address before TRUST_PROXY proxies, not one from the client', async () => {
      const [device] = await devices(1, { headers: { 'X-Forwarded-For': '198.51.100.1, 203.0.113.7' } });
      expect(device!.session.ip).toBe('203.0.113.7');
    });

    it.each([
      ['203.0.113.7:4711', '203.0.113.7'],
      ['[2001:DB8:0:0::7]:4711', '2001:db8::7'],
      ['_hidden', ''],
    ])('reads %s from a proxy as the IP address %j', async (told, ip) => {
      const [device] = await devices(1, { headers: { 'X-Forwarded-For': told } });
      expect(device!.session.ip).toBe(ip);
    });
  });

  describe('the list', () => {
    it('has the active sessions of the user, the last used first, and marks the current one', async () => {
      const [one, two, three] = await devices(3);
      const ago = (minutes: number) => ({ lastSeenAt: new Date(Date.now() - minutes * MINUTE) });
      await app.sessions.change(one!.storedId, ago(2));
      await app.sessions.change(two!.storedId, ago(30));
      await app.sessions.change(three!.storedId, ago(20));
      const items = await listed(two!);
      expect(items.map(({ id }) => id)).toEqual([two!, one!, three!].map(({ session }) => session.id));
      expect(items.map(({ current }) => current)).toEqual([true, false, false]);
    });

    it('omits idle, expired and revoked sessions, and those of an old password', async () => {
      const [here, idle, over, ended, old] = await devices(5);
      const past = new Date(Date.now() - 1);
      await app.sessions.change(idle!.storedId, { idleExpiresAt: past });
      await app.sessions.change(over!.storedId, { absoluteExpiresAt: past, idleExpiresAt: past });
      await app.sessions.change(old!.storedId, { credentialVersion: -1 });
      await ended!.post('/users/logout').expect(200);
      expect((await listed(here!)).map(({ id }) => id)).toEqual([here!.session.id]);
      expect(await here!.delete('/sessions/others').expect(200)).toHaveProperty('body', { revoked: 0 });
    });

    it('includes the use by the request itself', async () => {
      const [device] = await devices(1);
      const before = new Date(Date.now() - 2 * MINUTE);
      await app.sessions.change(device!.storedId, { lastSeenAt: before });
      const [current] = await listed(device!);
      expect(Date.parse(current!.lastSeenAt)).toBeGreaterThan(before.getTime());
      expect(Date.parse(current!.idleExpiresAt)).toBe(Date.parse(current!.lastSeenAt) + 7 * DAY);
    });
  });

  describe('deadlines', () => {
    it('end an unused session, and one that has lasted too long', async () => {
      const [idle, over] = await devices(2);
      const past = new Date(Date.now() - 1);
      await app.sessions.change(idle!.storedId, { idleExpiresAt: past });
      await app.sessions.change(over!.storedId, { absoluteExpiresAt: past });
      expectError(await idle!.get('/sessions/current'), 'session_idle_timeout');
      expectError(await over!.get('/sessions/current'), 'session_lifetime_exceeded');
    });

    it('move with use, never beyond the absolute one, with a new cookie', async () => {
      const [device] = await devices(1);
      const absoluteExpiresAt = new Date(Date.now() + DAY);
      const lastSeenAt = new Date(Date.now() - 2 * MINUTE);
      await app.sessions.change(device!.storedId, { absoluteExpiresAt, lastSeenAt });
      const answer = await device!.get('/sessions/current').expect(200);
      expect(answer.body.idleExpiresAt).toBe(absoluteExpiresAt.toISOString());
      const cookie = setCookie(answer)!;
      expect(cookie.pair).toBe(device!.cookie);
      expect(Number(cookie.attributes['max-age'])).toBeGreaterThan(DAY / 1000 - 10);
      expect(Number(cookie.attributes['max-age'])).toBeLessThanOrEqual(DAY / 1000);
    });

    it.each<[status: number, ask: (device: Device) => Test]>([
      [400, (device) => device.post('/posts', {})],
      [403, (device) => device.post('/sessions/current/reauthentication', { password: 'wrong' })],
      [404, (device) => device.delete(`/posts/${'0'.repeat(24)}`)],
    ])('send no cookie with a %i, and the session stays active', async (status, ask) => {
      const [device] = await devices(1);
      await app.sessions.change(device!.storedId, { lastSeenAt: new Date(Date.now() - 2 * MINUTE) });
      const answer = await ask(device!).expect(status);
      expect(answer.headers['set-cookie']).toBeUndefined();
      await assertLive(device!);
    });

    it('are written at most once per interval', async () => {
      const [device] = await devices(1);
      const { body } = await device!.get('/sessions/current').expect(200);
      expect(body.lastSeenAt).toBe(device!.session.lastSeenAt);
      expect((await device!.get('/sessions/current')).headers['set-cookie']).toBeUndefined();
    });
  });

  describe('revoking one', () => {
    it('rejects the next request of that device, and of no other', async () => {
      const [here, there, third] = await devices(3);
      await here!.delete(`/sessions/${there!.session.id}`).expect(204, '');
      await assertEnded(there!);
      await assertLive(here!);
      await assertLive(third!);
      expect((await listed(here!)).map(({ id }) => id)).not.toContain(there!.session.id);
    });

    it('is idempotent, and keeps the first reason', async () => {
      const [here, there] = await devices(2);
      await there!.post('/users/logout').expect(200);
      for (let round = 0; round < 2; round += 1) await here!.delete(`/sessions/${there!.session.id}`).expect(204);
      await assertEnded(there!, 'logged_out');
    });

    it('accepts an id in upper case, as some clients send it', async () => {
      const [here, there] = await devices(2);
      await here!.delete(`/sessions/${there!.session.id.toUpperCase()}`).expect(204);
      await assertEnded(there!);
    });

    it.each([
      ['the id', (id: string) => id],
      ['the id in upper case', (id: string) => id.toUpperCase()],
      ['current', () => 'current'],
    ])('revokes the current one by %s, and clears the cookie', async (_, named) => {
      const [here, there] = await devices(2);
      const answer = await here!.delete(`/sessions/${named(here!.session.id)}`).expect(204);
      expect(setCookie(answer)).toMatchObject({ pair: 'sid=', attributes: { expires: GONE, path: '/' } });
      await assertEnded(here!);
      await assertLive(there!);
    });

    it.each([
      'x',
      '%24ne',
      '%00',
      '..%2f..',
      '00000000-0000-4000-8000-000000000000',
      'x'.repeat(2000),
      '[object%20Object]',
      '%7B%22%24ne%22%3Anull%7D',
    ])('responds 204 to an invalid id, and changes nothing: %s', async (id) => {
      const [here, there] = await devices(2);
      const answer = await here!.delete(`/sessions/${id}`).expect(204, '');
      expect(answer.headers['set-cookie']).toBeUndefined();
      await assertLive(here!);
      await assertLive(there!);
    });

    it('accepts only public ids, not the stored id of a session', async () => {
      const [here, there] = await devices(2);
      await here!.delete(`/sessions/${there!.storedId}`).expect(204);
      await assertLive(there!);
    });

    it('neither changes nor reveals anything with ids of another user', async () => {
      const [here] = await devices(1);
      const [stranger, dead] = await devices(2);
      await dead!.post('/users/logout').expect(200);
      const answers = [];
      for (const id of [stranger!.session.id, dead!.session.id, randomUUID()]) {
        const { status, text, headers } = await here!.delete(`/sessions/${id}`);
        const { date: _, 'x-request-id': __, ...same } = headers;
        answers.push({ status, text, headers: same });
      }
      expect(answers[0]!.status).toBe(204);
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
      await assertLive(stranger!);
      await assertEnded(dead!, 'logged_out');
      expect((await here!.get('/users/me/activity')).body.items.map((event: { type: string }) => event.type)).toEqual([
        'signed_in',
      ]);
    });

    it('does not revoke a session of another user by endSession at sign-in', async () => {
      const account = await signUp(app);
      const [stranger] = await devices(1);
      await signInDevice(app, account, { body: { endSession: stranger!.session.id } });
      await assertLive(stranger!);
    });
  });

  describe('revoking several', () => {
    it('revokes all others, returns their number, and keeps this one', async () => {
      const [here, there, third] = await devices(3);
      const [stranger] = await devices(1);
      const answer = await here!.delete('/sessions/others').expect(200, { revoked: 2 });
      expect(answer.headers['set-cookie']).toBeUndefined();
      await assertEnded(there!);
      await assertEnded(third!);
      await assertLive(here!);
      await assertLive(stranger!);
      await here!.delete('/sessions/others').expect(200, { revoked: 0 });
    });

    it('revokes all, including this one, and clears the cookie', async () => {
      const [here, there] = await devices(2);
      const answer = await here!.delete('/sessions').expect(200, { revoked: 2 });
      expect(setCookie(answer)).toMatchObject({ pair: 'sid=', attributes: { expires: GONE } });
      await assertEnded(here!);
      await assertEnded(there!);
    });

    it('revokes none if the id in the URL is missing', async () => {
      const [here, there] = await devices(2);
      expectError(await here!.delete('/sessions/'), 'not_found');
      await here!.get('/users/me').expect(200);
      await there!.get('/users/me').expect(200);
    });
  });

  it('requires a session on every route', async () => {
    const routes = [
      app.agent().get('/sessions'),
      app.agent().get('/sessions/current'),
      app.agent().get('/sessions/current/events'),
      app.agent().delete('/sessions'),
      app.agent().delete('/sessions/others'),
      app.agent().delete('/sessions/current'),
      app.agent().delete(`/sessions/${randomUUID()}`),
      app.agent().post('/sessions/current/reauthentication').send({ password: 'x' }),
    ];
    for (const answer of await Promise.all(routes)) expectError(answer, 'not_signed_in');
  });
});

describe('a session without a trusted proxy', () => {
  it('has the IP address of the socket, not one from the client', async () => {
    const app = await startTestApp();
    try {
      const account = await signUp(app);
      const device = await signInDevice(app, account, { headers: { 'X-Forwarded-For': '203.0.113.7' } });
      expect(device.session.ip).toBe('127.0.0.1');
    } finally {
      await app.close();
    }
  });
});
