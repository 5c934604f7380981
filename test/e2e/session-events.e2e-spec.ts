import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { getEventListeners, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findMongod } from '../../src/dev/mongod-binary.js';
import { REVOCATION_REASONS } from '../../src/errors/error-codes.js';
import { SessionEventsService } from '../../src/sessions/devices/session-events.service.js';
import { SessionReader } from '../../src/sessions/store/session.reader.js';
import { SessionsRepository } from '../../src/sessions/store/sessions.repository.js';
import { RevocationFeedService } from '../../src/sessions/devices/revocation-feed.service.js';
import { ShutdownStateService } from '../../src/shutdown/shutdown-state.service.js';
import type { Device } from '../support/devices.js';
import { ENDINGS, ENDINGS_CAP, sceneOf } from '../support/revocation-scenarios.js';
import { EventStream } from '../support/event-stream.js';
import { expectError } from '../support/expect-error.js';
import { sendText } from '../support/raw-http.js';
import { repeats } from '../support/repetitions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CONNECTED = ': connected\n\n';

let app: TestApp;
const open: EventStream[] = [];

async function listen(device: Device, method?: string): Promise<EventStream> {
  const stream = await EventStream.open(app, device, method);
  open.push(stream);
  return stream;
}

const watch = () => app.app.get(RevocationFeedService, { strict: false });

const scene = () => sceneOf(app);

const closeStreams = () => open.splice(0).forEach((stream) => stream.close());

describe('session-ended events', () => {
  beforeAll(async () => {
    app = await startTestApp({ SESSION_MAX_PER_USER: String(ENDINGS_CAP) });
  });
  afterEach(() => {
    vi.useRealTimers();
    closeStreams();
  });
  afterAll(() => app.close());

  it('are a stream of server-sent events that proxies do not buffer', async () => {
    const { victim } = await scene();
    const stream = await listen(victim);
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(stream.response.headers).not.toHaveProperty('set-cookie');
    await stream.received(CONNECTED);
  });

  it('are tested for every reason, except those of mail and second factors, which have tests of their own', () => {
    const elsewhere = ['password_reset', 'email_change_undone', 'second_factor_changed'];
    expect(new Set([...ENDINGS.map(({ reason }) => reason), ...elsewhere])).toEqual(new Set(REVOCATION_REASONS));
  });

  it.each(ENDINGS)('come from the store itself after $name: $reason', async ({ reason, end }) => {
    const now = await scene();
    const stream = await listen(now.victim);
    await stream.received(CONNECTED);
    // With notifications, the feed does not poll.
    await expect.poll(() => app.sessions.followers()).toBe(1);
    await end(now);
    expect(await stream.ending()).toEqual({ code: 'session_revoked', reason });
  });

  it('reach every stream of the session, and no other', async () => {
    const now = await scene();
    const [one, two, other] = [await listen(now.victim), await listen(now.victim), await listen(now.other)];
    await now.victim.delete('/sessions/current').expect(204);
    const told = { code: 'session_revoked', reason: 'revoked' };
    expect(await Promise.all([one.ending(), two.ending()])).toEqual([told, told]);
    expect(other.response.closed).toBe(false);
    expect(other.text).toBe(CONNECTED);
  });

  it('include a revocation between the check of the session and the start of the watch', async () => {
    app.singleProcess('its watch is held up');
    const now = await scene();
    const real = watch().watch.bind(watch());
    vi.spyOn(watch(), 'watch').mockImplementationOnce((id, listener) => {
      // In the very moment before it listens the session ends, and nothing follows the store yet.
      void app.app.get(SessionsRepository, { strict: false }).revoke(id, 'revoked');
      return real(id, listener);
    });
    expect(await (await listen(now.victim)).ending()).toEqual({ code: 'session_revoked', reason: 'revoked' });
  });

  it('include a revocation between the start of the watch and the subscription', async () => {
    app.singleProcess('its watch is held up');
    const { victim } = await scene();
    // Otherwise the watch of another test would notify the stream.
    await expect.poll(() => app.sessions.followers()).toBe(0);
    const sessions = app.app.get(SessionsRepository, { strict: false });
    const follow = sessions.followRevocations.bind(sessions);
    const check = vi.spyOn(watch(), 'check');
    vi.spyOn(sessions, 'followRevocations').mockImplementationOnce(async (...given) => {
      await expect.poll(() => check).toHaveResolved();
      await sessions.revoke(victim.storedId, 'revoked');
      return follow(...given);
    });
    expect(await (await listen(victim)).ending()).toEqual({ code: 'session_revoked', reason: 'revoked' });
  });

  it.each([
    ['idle', 'session_idle_timeout'],
    ['absolute', 'session_lifetime_exceeded'],
  ])('are sent at the %s deadline: %s', async (deadline, code) => {
    const { victim } = await scene();
    const soon = new Date(Date.now() + 3_000);
    const changed = { idleExpiresAt: soon, ...(deadline === 'absolute' && { absoluteExpiresAt: soon }) };
    await app.sessions.change(victim.storedId, changed);
    const stream = await listen(victim);
    expect(stream.response.statusCode).toBe(200);
    expect(await stream.ending()).toEqual({ code });
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
    expectError(await victim.get('/users/protected'), code as 'session_idle_timeout');
  });

  it('are not sent if the idle deadline has moved', async () => {
    const { victim } = await scene();
    const idleExpiresAt = new Date(Date.now() + 3_000);
    await app.sessions.change(victim.storedId, { idleExpiresAt });
    const stream = await listen(victim);
    expect(stream.response.statusCode).toBe(200);
    await stream.received(CONNECTED);
    const later = new Date(idleExpiresAt.getTime() + 2_000);
    await app.sessions.change(victim.storedId, { idleExpiresAt: later });
    expect(await stream.ending()).toEqual({ code: 'session_idle_timeout' });
    expect(Date.now()).toBeGreaterThanOrEqual(later.getTime());
  });

  it('have a heartbeat every twenty seconds, so that no proxy closes the connection', async () => {
    app.singleProcess('its clock is moved');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { victim } = await scene();
    const stream = await listen(victim);
    await stream.received(CONNECTED);
    for (let beats = 1; beats <= 3; beats += 1) {
      vi.advanceTimersByTime(20_000);
      await stream.received(': heartbeat\n\n'.repeat(beats));
    }
    expect(stream.text).toBe(CONNECTED + ': heartbeat\n\n'.repeat(3));
  });

  it('stop for a client that has not read the previous heartbeat', async () => {
    app.singleProcess('its clock is moved');
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { victim } = await scene();
    const connection = once(app.app.getHttpServer(), 'connection') as Promise<[Socket]>;
    const stream = await listen(victim);
    await stream.received(CONNECTED);
    // Simulates a client that stops reading, with full buffers on the way.
    (await connection)[0].cork();
    vi.advanceTimersByTime(20_000);
    await new Promise(setImmediate);
    expect(watch().count(victim.storedId)).toBe(1);
    vi.advanceTimersByTime(20_000);
    await stream.ended;
    expect(stream.response.complete).toBe(false);
    await expect.poll(() => watch().count(victim.storedId)).toBe(0);
  });

  it('get 429 for the eleventh stream of a session, until another one is closed', async () => {
    app.singleProcess('it counts its own streams');
    const { victim, other } = await scene();
    const streams = await Promise.all(Array.from({ length: 10 }, () => listen(victim)));
    const eleventh = await victim.get('/sessions/current/events');
    expectError(eleventh, 'rate_limited');
    expect(eleventh.headers['retry-after']).toBe('30');
    expect((await listen(other)).response.statusCode).toBe(200);
    streams[0]!.close();
    await expect.poll(async () => (await listen(victim)).response.statusCode).toBe(200);
  });

  it('get only headers for HEAD, without a watch', async () => {
    app.singleProcess('its listeners are counted');
    const { victim } = await scene();
    const stream = await listen(victim, 'HEAD');
    await stream.ended;
    expect(stream.response).toMatchObject({ statusCode: 200, complete: true });
    expect(stream.text).toBe('');
    expect(watch().count(victim.storedId)).toBe(0);
  });

  it('start no watch for a client that disconnected during the read', async () => {
    app.singleProcess('its reader is held up');
    const { victim } = await scene();
    const request = once(app.app.getHttpServer(), 'request') as Promise<[unknown, ServerResponse]>;
    const opened = vi.spyOn(app.app.get(SessionEventsService, { strict: false }), 'open');
    const reader = app.app.get(SessionReader, { strict: false });
    const read = reader.read.bind(reader);
    vi.spyOn(reader, 'read').mockImplementationOnce(async (id) => {
      const [, response] = await request;
      client.destroy();
      await once(response, 'close');
      return read(id);
    });
    const path = '/sessions/current/events';
    const client = sendText(app, `GET ${path} HTTP/1.1\r\nHost: a\r\nCookie: ${victim.cookie}\r\n\r\n`);
    await expect.poll(() => opened).toHaveReturned();
    expect(watch().count(victim.storedId)).toBe(0);
  });

  it('leave no listener and no subscription after many connections', async () => {
    app.singleProcess('its listeners are counted');
    const { victim, other } = await scene();
    for (let round = 0; round < repeats(10, 100); round += 1) {
      const device = round % 2 === 0 ? victim : other;
      await expect.poll(() => watch().count(device.storedId)).toBe(0);
      const streams = await Promise.all(Array.from({ length: 10 }, () => listen(device)));
      expect(streams.map(({ response }) => response.statusCode)).toEqual(Array<number>(10).fill(200));
      closeStreams();
    }
    const { signal } = app.app.get(ShutdownStateService);
    await expect.poll(() => getEventListeners(signal, 'abort')).toHaveLength(0);
    expect([victim, other].map(({ storedId }) => watch().count(storedId))).toEqual([0, 0]);
    await expect.poll(() => app.sessions.followers()).toBe(0);
  });
});

describe('session-ended events during a shutdown', () => {
  it('are not sent: streams end, and new ones are rejected', async () => {
    app = await startTestApp({}, { singleProcess: 'it is told to stop' });
    try {
      const { victim } = await scene();
      const stream = await listen(victim);
      await stream.received(CONNECTED);
      app.app.get(ShutdownStateService).begin();
      expect(await stream.ending()).toBeUndefined();
      expectError(await victim.get('/sessions/current/events'), 'shutting_down');
    } finally {
      await app.close();
    }
  });
});

describe('session-ended events on a standalone mongod, which has no change streams', () => {
  let mongod: MongoMemoryServer;
  beforeAll(async () => {
    const { path: systemBinary, version } = await findMongod();
    mongod = await MongoMemoryServer.create({
      binary: { systemBinary, version },
      instance: { storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25'] },
    });
    app = await startTestApp({
      MONGODB_URI: mongod.getUri('standalone'),
      SESSION_MAX_PER_USER: String(ENDINGS_CAP),
    });
  });
  afterAll(async () => {
    closeStreams();
    await app?.close();
    await mongod?.stop();
  });

  it.concurrent.each(ENDINGS)('are sent after $name: $reason', async ({ reason, end }) => {
    const now = await scene();
    const stream = await listen(now.victim);
    await stream.received(CONNECTED);
    await end(now);
    expect(await stream.ending()).toEqual({ code: 'session_revoked', reason });
  });
});
