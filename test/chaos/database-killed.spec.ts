import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, readiness, signInAt, signUpAt } from '../support/http.js';
import { brokenAccounts, Ledger } from '../support/acknowledged-writes.js';
import { Mongod, replicaSetUri, startReplicaSet } from '../support/mongod.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { repeats, rounds } from '../support/repetitions.js';
import { testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

const ROUNDS = rounds(2, 10);
const LIMIT = { timeout: ROUNDS * 40_000 };
/** From the moment the database is back. */
const RECOVERY_MS = timeLimit(5_000);

/** A hundred sessions: ten accounts on ten devices each. */
async function signedIn(url: string): Promise<string[]> {
  const cookies: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    const account = await signUpAt(url);
    cookies.push(...(await Promise.all(Array.from({ length: 10 }, () => signInAt(url, account)))));
  }
  return cookies;
}

async function assertAllSignedIn(url: string, cookies: string[]): Promise<void> {
  const answers = await Promise.all(cookies.map((cookie) => ask(`${url}/users/protected`, { cookie })));
  expect(answers.map(({ status }) => status)).toEqual(cookies.map(() => 200));
}

/** Resolves when twenty more have been acknowledged. */
async function moreSignUps({ acknowledged }: Ledger): Promise<void> {
  const before = acknowledged.length;
  await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 20);
}

/** A clean stop is the milder of the two, so only the longer runs include it. */
const SIGNALS = (['SIGKILL', 'SIGTERM'] as const).slice(0, Math.max(rounds(1, 2), repeats(1, 2)));

describe.each(SIGNALS)('MongoDB stopped by %s', LIMIT, (signal) => {
  let mongod: Mongod;
  let app: AppProcess;
  beforeAll(async () => {
    mongod = await Mongod.create();
    await mongod.start();
    app = await startProcess(testSettings({ MONGODB_URI: mongod.uri() }));
  });
  afterAll(async () => {
    await app?.kill();
    await mongod?.stop();
  });

  // Takes longer than 10 s: each round waits until mongod has recovered and become primary again.
  it('acknowledged writes and all sessions survive, and the app reconnects by itself', async () => {
    const cookies = await signedIn(app.url);
    const ledger = new Ledger();
    for (let round = 0; round < ROUNDS; round += 1) {
      const stop = ledger.keepSigningUp(app.url);
      await moreSignUps(ledger);
      await mongod.kill(signal);
      const during = await ask(`${app.url}/users/protected`, { cookie: cookies[0] });
      await mongod.start();
      const backAt = performance.now();
      await expect.poll(() => readiness(app.url), { timeout: RECOVERY_MS }).toBe(200);
      await moreSignUps(ledger);
      await stop();
      expect(ledger.lastRefusalAt).toBeLessThan(backAt + RECOVERY_MS);
      expect(during.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
      await assertAllSignedIn(app.url, cookies);
    }
    expect(new Set(ledger.statuses)).toEqual(new Set([201, 503]));
    expect(await ledger.lost(app.url)).toEqual([]);
    expect(await brokenAccounts(mongod.uri())).toEqual([]);
  });
});

describe('a replica set without a primary', () => {
  let members: Mongod[];
  let app: AppProcess;
  beforeAll(async () => {
    members = await startReplicaSet();
    app = await startProcess(testSettings({ MONGODB_URI: replicaSetUri(members) }));
  });
  afterAll(async () => {
    await app?.kill();
    await Promise.all(members?.map((member) => member.stop()) ?? []);
  });

  it('requests get 503 until the election, nothing is lost, and the app continues without a restart', async () => {
    const cookies = await signedIn(app.url);
    const ledger = new Ledger();
    const stop = ledger.keepSigningUp(app.url);
    await moreSignUps(ledger);
    await (await primaryOf(members)).kill();
    await moreSignUps(ledger);
    await stop();
    expect([...new Set(ledger.statuses)].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    await assertAllSignedIn(app.url, cookies);
    expect(await ledger.lost(app.url)).toEqual([]);
  });
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
