import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Credentials } from '../support/accounts.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { FaultProxy, type Fault } from '../support/fault-proxy.js';
import { ask, sessionCookieOf, signUpAt, type Answer } from '../support/http.js';
import { brokenAccounts, Ledger } from '../support/acknowledged-writes.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { rounds } from '../support/repetitions.js';
import { databaseUri, freshDatabase, testSettings } from '../support/test-app.js';

/** Until then a request is at one or another of its commands. */
const LATEST_FAULT_MS = 50;

const limits = { SESSION_MAX_PER_USER: '1000', LOGIN_FREE_FAILURES: '100' };

describe('MongoDB lost during a request', () => {
  let proxy: FaultProxy;
  let app: AppProcess;
  /** Accounts that sign in alternately, because an attempt stays counted if its refund is lost. */
  let accounts: Credentials[];
  let cookie: string;
  const database = freshDatabase();

  beforeAll(async () => {
    proxy = await FaultProxy.start(Number(new URL(inject('mongodbUri')).port));
    app = await startProcess(testSettings({ MONGODB_URI: proxy.uri(database), ...limits }));
    accounts = await Promise.all(Array.from({ length: 10 }, () => signUpAt(app.url)));
    cookie = sessionCookieOf(await signIn(0));
  });
  afterEach(() => proxy.set('pass'));
  afterAll(async () => {
    await app?.kill();
    await proxy?.stop();
  });

  const signIn = (round: number) => ask(`${app.url}/users/login`, { body: accounts[round % accounts.length] });
  const read = (session: string) => ask(`${app.url}/users/protected`, { cookie: session });

  // Takes longer than 10 s: each round breaks the connection at another moment of the same requests.
  it.each<[Fault, number]>([
    ['reset', rounds(25, 250)],
    ['blackhole', rounds(10, 250)],
  ])(
    'by %s: acknowledged changes exist, and other responses grant nothing',
    { timeout: rounds(180_000, 3_600_000) },
    async (fault, times) => {
      const ledger = new Ledger();
      const logins: Answer[] = [];
      const reads: Answer[] = [];
      for (let round = 0; round < times; round += 1) {
        const requests = Promise.all([ledger.signUp(app.url), signIn(round), read(cookie)]);
        // The requests of the previous round are complete, so that there is something to lose.
        await (round === times - 1 ? requests : delay((round / times) * LATEST_FAULT_MS));
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
      const failures = [...logins, ...reads].filter(({ status }) => status !== 200);
      for (const answer of [...ledger.refusals, ...failures]) expectUnavailable(answer);
      for (const login of logins.filter(({ status }) => status === 200)) {
        expect((await read(sessionCookieOf(login))).status).toBe(200);
      }
      expect(await ledger.lost(app.url)).toEqual([]);
      expect(await brokenAccounts(databaseUri(database))).toEqual([]);
      // Some of them met the fault and some did not, or this has tried nothing.
      const statuses = [...ledger.statuses, ...logins.map(({ status }) => status)];
      expect(statuses).toEqual(expect.arrayContaining([200, 201, 503]));
    },
  );
});
