import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { ask, sessionCookieOf } from '../support/http.js';
import { brokenAccounts, Ledger } from '../support/acknowledged-writes.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { rounds } from '../support/repetitions.js';
import { testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

/** Hashing at this cost takes long enough for requests to be in flight at the signal. No shutdown needs the whole grace period. */
const SLOW_HASH = { BCRYPT_COST: '12', HASH_MAX_WAIT: '60s', SHUTDOWN_GRACE: '60s' };

/** The longest that a supervisor has to wait for. */
const EXIT_LIMIT_MS = 10_000;
const START_LIMIT_MS = 5_000;

const KILLS = rounds(3, 200);
/** From the first sign-in on: until then clients are at one or another of their requests. */
const LATEST_KILL_MS = 50;

const newAccount = () => ({ username: freshUsername(), password: PASSWORD });

/** The status of GET over a kept connection, or how it broke. */
function getKept(url: string, agent: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    request(url, { agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end();
  });
}

/** Sends requests over one connection until the server exits. @returns all responses */
async function askUntilGone(app: AppProcess, path: string): Promise<(number | string)[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const results: (number | string)[] = [];
  while (app.child.exitCode === null && results.at(-1) !== 'ECONNREFUSED') {
    results.push(await getKept(`${app.url}${path}`, agent));
  }
  agent.destroy();
  return results;
}

describe('a graceful shutdown', () => {
  it.each(Array.from({ length: rounds(1, 10) }, (_, n) => n + 1))(
    'completes requests in flight, fails readiness, closes idle connections and exits with 0: %i',
    async () => {
      const app = await startProcess(testSettings(SLOW_HASH));
      const clients = Array.from({ length: 4 }, () => askUntilGone(app, '/health/live'));
      const probe = askUntilGone(app, '/health/ready');
      const inFlight = Array.from({ length: 6 }, () => ask(`${app.url}/users/signup`, { body: newAccount() }));
      await ask(`${app.url}/health/live`);

      const toldAt = performance.now();
      const status = await app.stop('SIGTERM');

      expect(status).toBe(0);
      expect(performance.now() - toldAt).toBeLessThan(timeLimit(EXIT_LIMIT_MS));
      const outcomes = (await Promise.all(inFlight)).map((answer) => answer.body.code ?? answer.status);
      // Its cause is in the log, so that comes first.
      expect(app.logs.filter(({ code }) => code === 'database_unavailable')).toEqual([]);
      expect(outcomes).toEqual(inFlight.map(() => 201));
      for (const results of await Promise.all(clients)) {
        // A refused connection was never accepted: no accepted request is lost.
        expect([...new Set(results)].filter((result) => result !== 200 && result !== 'ECONNREFUSED')).toEqual([]);
      }
      expect(await probe).toContain(503);
    },
  );

  it('ends at once after a second signal', async () => {
    const app = await startProcess(testSettings(SLOW_HASH));
    const signups = Array.from({ length: 40 }, () => ask(`${app.url}/users/signup`, { body: newAccount() }));
    const outcomes = Promise.allSettled(signups);
    await ask(`${app.url}/health/live`);
    const exited = app.stop('SIGINT');
    await expect.poll(() => app.logs.some(({ event }) => event === 'sys_shutdown')).toBe(true);
    app.child.kill('SIGTERM');
    expect(await exited).toBe(1);
    expect((await outcomes).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });

  it('treats an interrupt from both the terminal and npm as one', async () => {
    const app = await startProcess(testSettings());
    const exited = app.stop('SIGINT');
    // Two at once may reach the process as one.
    for (const end = performance.now() + 10; performance.now() < end;) app.child.kill('SIGINT');
    expect(await exited).toBe(0);
  });

  it('ends within its grace period', async () => {
    const app = await startProcess(testSettings({ ...SLOW_HASH, SHUTDOWN_GRACE: '2s' }));
    const signups = Array.from({ length: 60 }, () => ask(`${app.url}/users/signup`, { body: newAccount() }));
    const outcomes = Promise.allSettled(signups);
    await ask(`${app.url}/health/live`);
    expect(await app.stop('SIGTERM')).toBe(0);
    expect(app.logs.some(({ event }) => event === 'shutdown_forced')).toBe(true);
    await outcomes;
  });
});

describe.each([
  ['promise', 'SIGUSR2'],
  ['exception', 'SIGHUP'],
] as const)('an uncaught error: %s', (_, signal) => {
  it('is logged; the process completes requests in flight and exits with 1', async () => {
    const app = await startProcess(testSettings(SLOW_HASH), '../test/chaos/fixtures/crashing-app.mjs');
    const inFlight = ask(`${app.url}/users/signup`, { body: newAccount() });
    await ask(`${app.url}/health/live`);
    app.child.kill(signal);
    const [status] = (await once(app.child, 'exit')) as [number];
    expect(status).toBe(1);
    expect((await inFlight).status).toBe(201);
    expect(app.logs).toContainEqual(expect.objectContaining({ event: 'sys_crash', level: 'fatal' }));
  });
});

/** Signs up and signs in accounts until the process exits, and records the responses. */
async function joinUntilGone({ url, child }: AppProcess, ledger: Ledger, sessions: string[]): Promise<void> {
  while (child.signalCode === null) {
    const body = await ledger.signUp(url);
    const login = body && (await ask(`${url}/users/login`, { body }).catch(() => undefined));
    if (login?.status === 200) sessions.push(sessionCookieOf(login));
  }
}

describe('a killed process', { timeout: KILLS * 60_000 }, () => {
  // Takes longer than 10 s: each round starts and kills a process.
  it('leaves only complete accounts, and loses none that was acknowledged', async () => {
    const settings = testSettings();
    const ledger = new Ledger();
    const sessions: string[] = [];
    let startsMs = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const begun = performance.now();
      const app = await startProcess(settings);
      startsMs += performance.now() - begun;
      const clients = Array.from({ length: 4 }, () => joinUntilGone(app, ledger, sessions));
      const before = sessions.length;
      await expect.poll(() => sessions.length, { interval: 1, timeout: 10_000 }).toBeGreaterThan(before);
      await delay(Math.random() * LATEST_KILL_MS);
      await app.stop('SIGKILL');
      await Promise.all(clients);
    }
    // On the average, for a shared machine may pause any of them.
    expect(startsMs / KILLS).toBeLessThan(timeLimit(START_LIMIT_MS));
    const app = await startProcess(settings);
    for (const cookie of sessions) expect((await ask(`${app.url}/users/protected`, { cookie })).status).toBe(200);
    expect(await ledger.lost(app.url)).toEqual([]);
    expect(await brokenAccounts(settings.MONGODB_URI!)).toEqual([]);
    await app.kill();
  });
});
