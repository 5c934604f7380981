import { MongoClient } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { FaultProxy, type Fault } from '../support/fault-proxy.js';
import { ask, sessionCookieOf, type Answer } from '../support/http.js';
import { Ledger } from '../support/ledger.js';
import { startProcess, type AppProcess } from '../support/process.js';
import { testSettings } from '../support/test-app.js';

/** Until then a request is at one or another of its commands. */
const LATEST_FAULT_MS = 50;

const account = { username: 'ada-lovelace', password: PASSWORD };

describe('a database that is lost in the middle of a request', () => {
  let proxy: FaultProxy;
  let app: AppProcess;
  let cookie: string;
  let database: MongoClient;

  beforeAll(async () => {
    proxy = await FaultProxy.start(Number(new URL(inject('mongodbUri')).port));
    const name = `chaos_${freshUsername().slice(5, 13)}`;
    // An attempt stays counted when what would give it back is lost.
    const limits = { SESSION_MAX_PER_USER: '1000', LOGIN_FREE_FAILURES: '100' };
    app = await startProcess(testSettings({ MONGODB_URI: proxy.uri(name), ...limits }));
    database = await new MongoClient(Object.assign(new URL(inject('mongodbUri')), { pathname: name }).href).connect();
    await ask(`${app.url}/users/signup`, { body: account });
    cookie = sessionCookieOf(await signIn());
  });
  afterAll(async () => {
    await app.stop();
    await proxy.stop();
    await database.db().dropDatabase();
    await database.close();
  });

  const signIn = () => ask(`${app.url}/users/login`, { body: account });
  const read = (session: string) => ask(`${app.url}/users/protected`, { cookie: session });

  it.each<[Fault, number]>([
    ['reset', 25],
    ['blackhole', 10],
  ])(
    'by %s: what was acknowledged is there, what was not hands out nothing',
    async (fault, rounds) => {
      const ledger = new Ledger();
      const logins: Answer[] = [];
      const reads: Answer[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const requests = Promise.all([ledger.signUp(app.url), signIn(), read(cookie)]);
        await delay((round / rounds) * LATEST_FAULT_MS);
        proxy.set(fault);
        // Long enough for the driver's second try to meet it too, in every other round.
        await delay(round % 2 ? 0 : 100);
        if (fault === 'reset') proxy.set('pass');
        const [, login, answer] = await requests;
        proxy.set('pass');
        logins.push(login);
        reads.push(answer);
        await expect.poll(() => read(cookie).then(({ status }) => status), { timeout: 5_000 }).toBe(200);
      }
      expect(ledger.statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
      expect(reads.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
      for (const answer of [...logins, ...reads].filter(({ status }) => status !== 200)) {
        expectUnavailable(answer);
      }
      for (const login of logins.filter(({ status }) => status === 200)) {
        expect((await read(sessionCookieOf(login))).status).toBe(200);
      }
      expect(await ledger.lost(app.url)).toEqual([]);
      // Some of them met the fault, or this has tried nothing.
      expect([...ledger.statuses, ...logins.map(({ status }) => status)]).toContain(503);
    },
    180_000,
  );
});
