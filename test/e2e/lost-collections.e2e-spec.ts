import type { IndexDescription } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { IndexKeeperService } from '../../src/database/index-keeper.service.js';
import { INDEXES } from '../../src/database/indexes.js';
import { signUp } from '../support/accounts.js';
import { signInDevice } from '../support/devices.js';
import { EventStream } from '../support/event-stream.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

/**
 * What an operator may do to the collection of sessions while clients listen for the end of theirs.
 * @see https://github.com/votem/mongo-stream/issues/6
 */
const LOSSES: { name: string; lose: (app: TestApp) => Promise<unknown> }[] = [
  { name: 'dropped', lose: ({ db }) => db.collection('sessions').drop() },
  { name: 'renamed', lose: ({ db }) => db.collection('sessions').rename(`old_${Date.now()}`) },
  { name: 'gone with its database', lose: ({ db }) => db.dropDatabase() },
  {
    name: 'restored',
    lose: async ({ db }) => {
      await db.collection('sessions').drop();
      await db.createCollection('sessions');
    },
  },
  { name: 'emptied', lose: ({ db }) => db.collection('sessions').deleteMany({}) },
];

describe('a sessions collection that is lost while clients listen', () => {
  let app: TestApp;
  beforeAll(async () => {
    // Stops the periodic checks of sessions and of indexes, which would make up for an event that is missed.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    app = await startTestApp({ SESSION_STORE: 'mongodb', MONGODB_URI: databaseUri() });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app.close();
  });

  it.each(LOSSES)(
    '$name: listeners get the event, the process responds, and the next session is watched',
    async ({ lose }) => {
      const device = await signInDevice(app, await signUp(app));
      const stream = await EventStream.open(app, device);
      await stream.received(': connected');
      await expect.poll(() => app.sessions.followers()).toBeGreaterThanOrEqual(1);
      await lose(app);
      expect(await stream.ending()).toEqual({ code: 'session_invalid' });
      await app.agent().get('/health/live').expect(200);

      const next = await signInDevice(app, await signUp(app));
      const again = await EventStream.open(app, next);
      await again.received(': connected');
      await next.post('/users/logout').expect(200);
      expect(await again.ending()).toEqual({ code: 'session_revoked', reason: 'logged_out' });
      await expect.poll(async () => indexesOf(app, 'sessions')).toMatchObject(expected('sessions'));
    },
  );

  it('gets its indexes again without listeners too, like every other collection', async () => {
    app.singleProcess('its own check is made');
    const names = Object.keys(INDEXES);
    for (const name of names) await app.db.collection(name).drop();
    await app.app.get(IndexKeeperService, { strict: false }).restore();
    for (const name of names) expect(await indexesOf(app, name)).toMatchObject(expected(name));
  });

  it('logs an index that cannot be created again, and continues', async () => {
    app.singleProcess('its own check is made');
    const names = app.db.collection('users');
    await names.dropIndex('username_unique');
    const twice = { username: 'twice', createdAt: new Date(), updatedAt: new Date(), roles: [] };
    await names.insertMany([{ ...twice }, { ...twice }]);
    onTestFinished(async () => void (await names.deleteMany({ username: 'twice' })));
    await app.app.get(IndexKeeperService, { strict: false }).restore();
    expect(app.logs).toContainEqual(expect.objectContaining({ event: 'indexes_missing', level: 'warn' }));
    await app.agent().get('/health/ready').expect(200);
  });
});

describe.skipIf(inject('redisUrl') === null)('sessions in Redis that are lost while clients listen', () => {
  it('end their streams at the next check of all sessions', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const app = await startTestApp(
      { SESSION_STORE: 'redis', MONGODB_URI: databaseUri() },
      { singleProcess: 'its clock is moved' },
    );
    const device = await signInDevice(app, await signUp(app));
    const stream = await EventStream.open(app, device);
    await stream.received(': connected');
    await expect.poll(() => app.sessions.followers()).toBe(1);
    await app.sessions.remove(device.storedId);
    vi.advanceTimersByTime(30_000);
    expect(await stream.ending()).toEqual({ code: 'session_invalid' });
    await app.close();
  });
});

/** Compared with all that the app declares of each index: one of the right name may lack its TTL. */
async function indexesOf({ db }: TestApp, collection: string): Promise<IndexDescription[]> {
  const indexes = await db
    .collection(collection)
    .indexes()
    .catch(() => []);
  return byName(indexes.filter(({ name }) => name !== '_id_'));
}

const expected = (collection: string) => byName(INDEXES[collection]!);

const byName = (indexes: IndexDescription[]) => indexes.toSorted((a, b) => a.name!.localeCompare(b.name!));
