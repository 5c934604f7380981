import { MongoClient } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { ask, readiness, signInAt, signUpAt, type Answer } from '../support/http.js';
import { Ledger } from '../support/acknowledged-writes.js';
import { Mongod } from '../support/mongod.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { SmallDisk } from '../support/small-disk.js';
import { testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

const DISK_MB = 64;
/** From the moment there is room, and a database that ended itself was started again. */
const RECOVERY = { timeout: timeLimit(5_000) };
/** Soon used up. */
const LEFT_BYTES = 256 * 1024;
const MAX_ROUNDS = 400;

/** A journal of small files, for the usual ones take 100 MB each; no diagnostics, whose failed write comes first. */
const journal = (options: string) => [
  '--oplogSize',
  '10',
  '--setParameter',
  'diagnosticDataCollectionEnabled=false',
  '--wiredTigerEngineConfigString',
  `log=(enabled=true,remove=true,path=journal,compressor=snappy,${options})`,
];
/** Its journal took its room in advance, and no checkpoint needs more: what needs no new file is still written. */
const LIVES_ON = [...journal('file_max=4MB,prealloc=true'), '--syncdelay', '0'];
/** Its journal cannot grow: mongod ends itself, as it does whenever it cannot keep its promise. */
const ENDS_ITSELF = journal('file_max=1MB,prealloc=false');

const post = () => ({ title: 'On the engine', content: randomBytes(15_000).toString('base64') });

interface Scene {
  disk: SmallDisk;
  mongod: Mongod;
  startApp: () => Promise<AppProcess>;
}

/** A mongod on a disk of its own. Both are removed after the test. */
async function onSmallDisk(test: TestContext, args: string[]): Promise<Scene> {
  const disk = await SmallDisk.mount(DISK_MB).catch((error: unknown) =>
    test.skip(`a small disk cannot be mounted here: ${String(error)}`),
  );
  test.onTestFinished(() => disk.unmount());
  const mongod = await Mongod.create(await mkdtemp(join(disk.path, 'mongod-')), args);
  test.onTestFinished(() => mongod.stop());
  await mongod.start();
  const startApp = async () => {
    const app = await startProcess(testSettings({ MONGODB_URI: mongod.uri() }));
    test.onTestFinished(() => void app.stop('SIGKILL'));
    return app;
  };
  return { disk, mongod, startApp };
}

const statuses = (answers: Answer[]) => new Set(answers.map(({ status }) => status));

/** The acknowledged posts that are missing or different, with the responses. */
async function lostPosts(url: string, posts: Answer[]): Promise<unknown[]> {
  const lost: unknown[] = [];
  for (const { body } of posts.filter(({ status }) => status === 201)) {
    const there = await ask(`${url}/posts/${String(body.id)}`);
    if (JSON.stringify(there.body) !== JSON.stringify(body)) lost.push({ id: body.id, status: there.status });
  }
  return lost;
}

async function withDatabase<T>(mongod: Mongod, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await new MongoClient(mongod.uri()).connect();
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

/** What mongod itself finds wrong with its data and indexes. */
function damage(mongod: Mongod): Promise<unknown[]> {
  return withDatabase(mongod, async (client) => {
    const names = (await client.db().listCollections().toArray()).map(({ name }) => name);
    expect(names).toContain('sessions');
    const results = await Promise.all(names.map((validate) => client.db().command({ validate, full: true })));
    return results.filter(({ valid }) => valid !== true);
  });
}

describe('a full disk of MongoDB', () => {
  it('the start waits for space; later only writes that need space fail', async (test) => {
    const { disk, mongod, startApp } = await onSmallDisk(test, LIVES_ON);
    await disk.fill();
    const app = await startApp();
    expect((await ask(`${app.url}/health/live`)).status).toBe(200);
    const account = { username: freshUsername(), password: PASSWORD };
    expectUnavailable(await ask(`${app.url}/users/signup`, { body: account }));
    await disk.free();
    await expect.poll(() => readiness(app.url), RECOVERY).toBe(200);
    const cookie = await signInAt(app.url, await signUpAt(app.url, account));

    // Nothing else of the app's needs a new file.
    await withDatabase(mongod, (client) => client.db().dropCollection('posts'));
    await disk.fill();
    expectUnavailable(await ask(`${app.url}/posts`, { body: post(), cookie }));
    const reads = await Promise.all(Array.from({ length: 100 }, () => ask(`${app.url}/users/me`, { cookie })));
    expect(statuses(reads)).toEqual(new Set([200]));
    expect((await ask(`${app.url}/posts`)).body.items).toEqual([]);
    await disk.free();
    expect((await ask(`${app.url}/posts`, { body: post(), cookie })).status).toBe(201);
    await signUpAt(app.url);
    expect(app.logs.filter(({ code }) => code === 'internal_error')).toEqual([]);
  });

  // Takes longer than 10 s: mongod needs seconds to notice the full disk, to exit and to recover.
  it('acknowledged writes and all sessions survive when MongoDB exits because of it', async (test) => {
    const { disk, mongod, startApp } = await onSmallDisk(test, ENDS_ITSELF);
    const app = await startApp();
    const ledger = new Ledger();
    const cookie = await signInAt(app.url, await signUpAt(app.url));
    await disk.fill(LEFT_BYTES);

    const posts: Answer[] = [];
    const reads: Answer[] = [];
    while (mongod.running && posts.length < MAX_ROUNDS) {
      posts.push(await ask(`${app.url}/posts`, { body: post(), cookie }));
      await ledger.signUp(app.url);
      const read = await ask(`${app.url}/users/me`, { cookie });
      if (mongod.running) reads.push(read);
    }
    expect(mongod.running).toBe(false);
    expect(statuses(reads)).toEqual(new Set([200]));
    expect(new Set([...statuses(posts), ...ledger.statuses])).toEqual(new Set([201, 503]));
    for (const refused of posts.filter(({ status }) => status !== 201)) expectUnavailable(refused);
    expectUnavailable(await ask(`${app.url}/users/me`, { cookie }));
    expectUnavailable(await ask(`${app.url}/users/logout`, { method: 'POST', cookie }));

    await disk.free();
    await mongod.start();
    await expect.poll(() => readiness(app.url), RECOVERY).toBe(200);
    expect((await ask(`${app.url}/users/me`, { cookie })).status).toBe(200);
    expect(await lostPosts(app.url, posts)).toEqual([]);
    expect(await ledger.lost(app.url)).toEqual([]);
    expect(await damage(mongod)).toEqual([]);
    expect((await ask(`${app.url}/posts`, { body: post(), cookie })).status).toBe(201);
    await signUpAt(app.url);
  });
});
