import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { signUp, type Credentials } from '../support/accounts.js';
import { at, signInDevice, type Device } from '../support/devices.js';
import { EventStream } from '../support/event-stream.js';
import { expectError } from '../support/expect-error.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

const STORES = [
  { store: 'mongodb', skipped: false },
  { store: 'redis', skipped: inject('redisUrl') === null },
];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * One process still has the default timeouts, and the next one starts with lower ones on the same store.
 * @see https://github.com/Graylog2/graylog2-server/issues/12312
 */
for (const { store, skipped } of STORES) {
  describe.skipIf(skipped)(`timeouts that are lowered while sessions are open, in ${store}`, () => {
    let before: TestApp;
    let after: TestApp;
    let account: Credentials;
    beforeAll(async () => {
      const settings = { SESSION_STORE: store, MONGODB_URI: databaseUri(), SESSION_MAX_PER_USER: '3' };
      before = await startTestApp(settings);
      after = await startTestApp({
        ...settings,
        SESSION_IDLE_TIMEOUT: '10m',
        SESSION_ABSOLUTE_TIMEOUT: '2h',
        SESSION_SHORT_IDLE_TIMEOUT: '5m',
        SESSION_SHORT_ABSOLUTE_TIMEOUT: '1h',
      });
    });
    afterAll(async () => {
      await after?.close();
      await before?.close();
    });

    /** A session of the process with the longer timeouts, moved back by this many milliseconds. */
    async function opened({ idle = 0, old = 0 }, rememberMe = true): Promise<Device> {
      account = await signUp(before);
      const device = await signInDevice(before, account, { body: { rememberMe } });
      const [createdAt, lastSeenAt] = [new Date(Date.now() - old), new Date(Date.now() - idle)];
      await before.sessions.change(device.storedId, { createdAt, lastSeenAt });
      return at(after, device);
    }

    it.each([
      ['session_idle_timeout', { idle: 11 * MINUTE }, true],
      ['session_idle_timeout', { idle: 6 * MINUTE }, false],
      ['session_lifetime_exceeded', { old: 2 * HOUR + MINUTE }, true],
      ['session_lifetime_exceeded', { old: HOUR + MINUTE }, false],
    ] as const)('end them: %s after %j, remembered: %s', async (code, ago, remember) => {
      expectError(await (await opened(ago, remember)).get('/users/protected'), code);
    });

    it.each([
      [true, 10 * MINUTE, 2 * HOUR],
      [false, 5 * MINUTE, HOUR],
    ])('are what the API shows, remembered: %s', async (remember, idleMs, absoluteMs) => {
      const device = await opened({ idle: MINUTE / 2, old: MINUTE }, remember);
      const { body: current } = await device.get('/sessions/current').expect(200);
      expect(Date.parse(current.idleExpiresAt) - Date.parse(current.lastSeenAt)).toBe(idleMs);
      expect(Date.parse(current.absoluteExpiresAt) - Date.parse(current.createdAt)).toBe(absoluteMs);
      const { body: list } = await device.get('/sessions').expect(200);
      expect(list.items).toEqual([current]);
    });

    it('are those of the renewed cookie, and the next use moves the deadline by the new one', async () => {
      const device = await opened({ idle: 2 * MINUTE });
      const answer = await device.get('/users/me').expect(200);
      expect(answer.headers['set-cookie']?.[0]).toMatch(/Max-Age=600;/);
      expect(Date.parse(answer.body.session.idleExpiresAt)).toBeLessThanOrEqual(Date.now() + 10 * MINUTE);
    });

    it('apply to the list and to the session limit', async () => {
      const device = await opened({});
      const idle = await signInDevice(before, account);
      await before.sessions.change(idle.storedId, { lastSeenAt: new Date(Date.now() - 11 * MINUTE) });
      const listed = (await device.get('/sessions').expect(200)).body.items as { id: string }[];
      expect(listed.map(({ id }) => id)).toEqual([device.session.id]);
      // Three are allowed, and the idle one is none of them.
      await signInDevice(after, account);
      await signInDevice(after, account);
      expect((await device.get('/users/protected')).status).toBe(200);
    });

    it('end an open event stream', async () => {
      // To open the stream is a use, which moves the idle deadline, so the absolute one has to end it.
      const device = await opened({ old: 2 * HOUR - 5_000 });
      const stream = await EventStream.open(after, device);
      expect(await stream.ending()).toEqual({ code: 'session_lifetime_exceeded' });
    });
  });
}

it('a lowered AUDIT_RETENTION hides older events', async () => {
  const before = await startTestApp();
  const account = await signUp(before);
  await signInDevice(before, account);
  await before.db.collection('audit_events').updateMany({}, { $set: { at: new Date(Date.now() - 2 * 24 * HOUR) } });
  const after = await startTestApp({ AUDIT_RETENTION: '1d', MONGODB_URI: databaseUri(before.db.databaseName) });
  const device = await signInDevice(after, account);
  expect((await device.get('/users/me/activity').expect(200)).body.items).toHaveLength(1);
  await after.close();
  await before.close();
});
