import { afterAll, afterEach, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { freshUsername, type Credentials } from '../support/accounts.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { FaultProxy, type Fault } from '../support/fault-proxy.js';
import { ask, signInAt, signUpAt, type Answer } from '../support/http.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { freshDatabase, testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

/** The driver's maxPoolSize, and two with which it watches the server. */
const MAX_CONNECTIONS = 20 + 2;

async function inTurn(times: number, request: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < times) answers.push(await request());
  return answers;
}

describe('MongoDB slow, silent or unavailable', () => {
  let proxy: FaultProxy;
  let settings: NodeJS.ProcessEnv;
  let app: AppProcess;
  let account: Credentials;
  let cookie: string;

  beforeAll(async () => {
    proxy = await FaultProxy.start(Number(new URL(inject('mongodbUri')).port));
    settings = testSettings({ MONGODB_URI: proxy.uri(freshDatabase()) });
    app = await startProcess(settings);
    account = await signUpAt(app.url);
    cookie = await signInAt(app.url, account);
  });
  afterEach(() => proxy.set('pass'));
  afterAll(async () => {
    await app?.kill();
    await proxy?.stop();
  });

  const requests: Record<string, () => Promise<Answer>> = {
    read: () => ask(`${app.url}/users/me`, { cookie }),
    'sign-in': () => ask(`${app.url}/users/login`, { body: account }),
    'sign-out': () => ask(`${app.url}/users/logout`, { method: 'POST', cookie }),
    'sign-up': () => ask(`${app.url}/users/signup`, { body: { ...account, username: freshUsername() } }),
    list: () => ask(`${app.url}/sessions`, { cookie }),
  };
  const faults: [string, Fault][] = [
    ['silent', 'blackhole'],
    ['ten seconds late', { latencyMs: 10_000 }],
    ['cut off', 'refuse'],
  ];

  it.each(faults)('requests get 503 in time and cookies stay: %s', async (_, fault) => {
    proxy.set(fault);
    const twenty = Array.from({ length: 20 }, () => Object.values(requests).map((request) => request()));
    const waiting = Promise.all(twenty.flat());
    const live = await inTurn(100, () => ask(`${app.url}/health/live`));
    const answers = await waiting;
    const ready = await ask(`${app.url}/health/ready`);
    proxy.set('pass');

    for (const answer of answers) expectUnavailable(answer);
    expect(live.map(({ status }) => status)).toEqual(live.map(() => 200));
    expect(ready.status).toBe(503);
    expect(ready.took).toBeLessThan(timeLimit(1_500));
    const works = () => ask(`${app.url}/users/me`, { cookie }).then(({ status }) => status);
    await expect.poll(works, { timeout: 5_000 }).toBe(200);
  });

  it('readiness fails with latency above a second', async () => {
    proxy.set({ latencyMs: 550 });
    const ready = await ask(`${app.url}/health/ready`);
    proxy.set('pass');
    expect(ready).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    await expect.poll(async () => (await ask(`${app.url}/health/ready`)).status, { timeout: 5_000 }).toBe(200);
  });

  it('everything works with 200 ms of latency, within the limits of the pool', async () => {
    proxy.set({ latencyMs: 100 });
    const reads = Array.from({ length: 100 }, () => requests.read!());
    const answers = await Promise.all([...reads, requests['sign-in']!(), requests.list!()]);
    expect(proxy.connections).toBeLessThanOrEqual(MAX_CONNECTIONS);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  it('a hundred concurrent requests succeed with few open connections and 200 ms of latency', async () => {
    const fresh = await startProcess(settings);
    onTestFinished(async () => void (await fresh.stop('SIGKILL')));
    proxy.set({ latencyMs: 100 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(`${fresh.url}/posts`)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  it('the pool never exceeds its size, and requests that wait too long for a connection get 503', async () => {
    proxy.set({ latencyMs: 100 });
    // Reads of sessions share one command; each of these takes a connection.
    const clients = Array.from({ length: 300 }, () => inTurn(2, () => ask(`${app.url}/posts`)));
    const answers = (await Promise.all(clients)).flat();
    const refused = answers.filter(({ status }) => status !== 200);
    expect(proxy.connections).toBeLessThanOrEqual(MAX_CONNECTIONS);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(answers.length);
    for (const answer of refused) expectUnavailable(answer);
  });
});
