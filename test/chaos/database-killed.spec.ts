import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/accounts.js';
import { ask, sessionCookieOf } from '../support/http.js';
import { Ledger } from '../support/ledger.js';
import { Mongod, replicaSetUri, startReplicaSet } from '../support/mongod.js';
import { startProcess, type AppProcess } from '../support/process.js';
import { testSettings } from '../support/test-app.js';

const ROUNDS = 3;
/** From the moment the database is back. */
const RECOVERY_MS = 5_000;

const account = { username: 'ada-lovelace', password: PASSWORD };

async function signedIn(url: string): Promise<string[]> {
  await ask(`${url}/users/signup`, { body: account });
  const logins = await Promise.all(Array.from({ length: 10 }, () => ask(`${url}/users/login`, { body: account })));
  return logins.map(sessionCookieOf);
}

async function assertAllSignedIn(url: string, cookies: string[]): Promise<void> {
  const answers = await Promise.all(cookies.map((cookie) => ask(`${url}/users/protected`, { cookie })));
  expect(answers.map(({ status }) => status)).toEqual(cookies.map(() => 200));
}

const isReady = (url: string) => () => ask(`${url}/health/ready`).then(({ status }) => status);

describe.each(['SIGKILL', 'SIGTERM'] as const)('a database that is ended by %s', (signal) => {
  let mongod: Mongod;
  let app: AppProcess;
  beforeAll(async () => {
    mongod = await Mongod.create();
    await mongod.start();
    app = await startProcess(testSettings({ MONGODB_URI: mongod.uri('chaos_killed') }));
  });
  afterAll(async () => {
    await app.stop();
    await mongod.stop();
  });

  it('loses nothing that was acknowledged, keeps every session, and is used again by itself', async () => {
    const cookies = await signedIn(app.url);
    const ledger = new Ledger();
    for (let round = 0; round < ROUNDS; round += 1) {
      const stop = ledger.keepSigningUp(app.url);
      const acknowledgedBefore = ledger.acknowledged.length;
      await expect.poll(() => ledger.acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(acknowledgedBefore + 20);
      await mongod.kill(signal);
      const during = await ask(`${app.url}/users/protected`, { cookie: cookies[0] });
      await mongod.start();
      await expect.poll(isReady(app.url), { timeout: RECOVERY_MS }).toBe(200);
      await stop();
      expect(during.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
      await assertAllSignedIn(app.url, cookies);
    }
    expect(new Set(ledger.statuses)).toEqual(new Set([201, 503]));
    expect(await ledger.lost(app.url)).toEqual([]);
  }, 120_000);
});

describe('a replica set that loses its primary', () => {
  let members: Mongod[];
  let app: AppProcess;
  beforeAll(async () => {
    members = await startReplicaSet();
    app = await startProcess(testSettings({ MONGODB_URI: replicaSetUri(members, 'chaos_failover') }));
  }, 120_000);
  afterAll(async () => {
    await app.stop();
    await Promise.all(members.map((member) => member.stop()));
  });

  it('answers 503 until another one is elected, loses nothing, and goes on without a restart', async () => {
    const cookies = await signedIn(app.url);
    const ledger = new Ledger();
    const stop = ledger.keepSigningUp(app.url);
    await expect.poll(() => ledger.acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(20);
    await (await primaryOf(members)).kill();
    const acknowledgedBefore = ledger.acknowledged.length;
    await expect.poll(() => ledger.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(acknowledgedBefore + 20);
    await stop();
    expect([...new Set(ledger.statuses)].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    await assertAllSignedIn(app.url, cookies);
    expect(await ledger.lost(app.url)).toEqual([]);
  }, 120_000);
});

async function primaryOf(members: Mongod[]): Promise<Mongod> {
  const { MongoClient } = await import('mongodb');
  const client = await new MongoClient(replicaSetUri(members, 'admin')).connect();
  try {
    const hello = await client.db().command({ hello: 1 });
    return members.find(({ port }) => hello.primary === `127.0.0.1:${port}`)!;
  } finally {
    await client.close();
  }
}
