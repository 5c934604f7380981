import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { ask } from '../support/http.js';
import { Ledger } from '../support/ledger.js';
import { startProcess, type AppProcess } from '../support/process.js';
import { testSettings } from '../support/test-app.js';

/** Hashing at this cost takes a good while, so requests are in flight when the signal comes. */
const SLOW_HASH = { BCRYPT_COST: '12', HASH_MAX_WAIT: '60s' };

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

/** Asks again and again over one kept connection; resolves, when the server is gone, to all that was answered. */
async function askUntilGone(app: AppProcess, path: string): Promise<(number | string)[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const results: (number | string)[] = [];
  while (app.child.exitCode === null && results.at(-1) !== 'ECONNREFUSED') {
    results.push(await getKept(`${app.url}${path}`, agent));
  }
  agent.destroy();
  return results;
}

describe('a process that is told to stop', () => {
  it('answers what is in flight, says 503 to readiness, closes kept connections and exits with 0', async () => {
    const app = await startProcess(testSettings(SLOW_HASH));
    const clients = Array.from({ length: 10 }, () => askUntilGone(app, '/health/live'));
    const probe = askUntilGone(app, '/health/ready');
    const inFlight = Array.from({ length: 6 }, () => ask(`${app.url}/users/signup`, { body: newAccount() }));
    await ask(`${app.url}/health/live`);

    const status = await app.stop('SIGTERM');

    expect(status).toBe(0);
    expect((await Promise.all(inFlight)).map((answer) => answer.status)).toEqual(inFlight.map(() => 201));
    for (const results of await Promise.all(clients)) {
      // A connection that is refused was never taken: nothing that was taken is lost.
      expect([...new Set(results)].filter((result) => result !== 200 && result !== 'ECONNREFUSED')).toEqual([]);
    }
    expect(await probe).toContain(503);
  });

  it('ends at once at the second signal', async () => {
    const app = await startProcess(testSettings(SLOW_HASH));
    const signups = Array.from({ length: 40 }, () => ask(`${app.url}/users/signup`, { body: newAccount() }));
    const outcomes = Promise.allSettled(signups);
    await ask(`${app.url}/health/live`);
    const exited = app.stop('SIGINT');
    await expect.poll(() => app.logs.some(({ event }) => event === 'sys_shutdown')).toBe(true);
    app.child.kill('SIGINT');
    expect(await exited).toBe(1);
    expect((await outcomes).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });

  it('does not outlive its grace period', async () => {
    const app = await startProcess(testSettings({ ...SLOW_HASH, SHUTDOWN_GRACE: '2s' }));
    const signups = Array.from({ length: 60 }, () => ask(`${app.url}/users/signup`, { body: newAccount() }));
    const outcomes = Promise.allSettled(signups);
    await ask(`${app.url}/health/live`);
    expect(await app.stop('SIGTERM')).toBe(0);
    expect(app.logs.some(({ event }) => event === 'shutdown_cut')).toBe(true);
    await outcomes;
  });
});

describe('a process with an error that nobody caught', () => {
  it('logs it, answers what is in flight and exits with 1', async () => {
    const app = await startProcess(testSettings(SLOW_HASH), '../test/chaos/fixtures/crashing-app.mjs');
    const inFlight = ask(`${app.url}/users/signup`, { body: newAccount() });
    await ask(`${app.url}/health/live`);
    app.child.kill('SIGUSR2');
    const [status] = (await once(app.child, 'exit')) as [number];
    expect(status).toBe(1);
    expect((await inFlight).status).toBe(201);
    expect(app.logs).toContainEqual(expect.objectContaining({ event: 'sys_crash', level: 'fatal' }));
  });
});

describe('a process that is killed', () => {
  it('leaves accounts that are complete or not there, and none that was acknowledged is lost', async () => {
    const settings = testSettings();
    const ledger = new Ledger();
    for (let round = 0; round < 5; round += 1) {
      const app = await startProcess(settings);
      const stops = Array.from({ length: 4 }, () => ledger.keepSigningUp(app.url));
      const before = ledger.acknowledged.length;
      await expect.poll(() => ledger.acknowledged.length, { interval: 1 }).toBeGreaterThan(before + round);
      await app.stop('SIGKILL');
      await Promise.all(stops.map((stop) => stop()));
    }
    const app = await startProcess(settings);
    expect(await ledger.lost(app.url)).toEqual([]);
    await app.stop();
  }, 120_000);
});
