import { Logger } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { CheckResult } from '../../src/cli/doctor/run-checks.js';
import { RedisService } from '../../src/database/redis.service.js';
import { freshUsername, PASSWORD, type Credentials } from '../support/accounts.js';
import { runCliJson } from '../support/cli.js';
import { signInDevice } from '../support/devices.js';
import { EventStream } from '../support/event-stream.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { FaultProxy, type Fault } from '../support/fault-proxy.js';
import { ask, readiness, signInAt, signUpAt, type Answer } from '../support/http.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { redisIsMissing } from '../support/redis-missing.js';
import { RedisServer } from '../support/redis-server.js';
import { testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

const RECOVERY = { timeout: timeLimit(5_000) };
const missing = redisIsMissing();

const withRedis = (REDIS_URL: string) => testSettings({ SESSION_STORE: 'redis', REDIS_URL });

describe.skipIf(missing)('Redis slow, silent or unavailable', () => {
  let proxy: FaultProxy;
  let settings: NodeJS.ProcessEnv;
  let app: AppProcess;
  let account: Credentials;
  let cookie: string;

  beforeAll(async () => {
    proxy = await FaultProxy.start(Number(new URL(inject('redisUrl')!).port));
    settings = withRedis(`redis://127.0.0.1:${proxy.port}`);
    app = await startProcess(settings);
    account = await signUpAt(app.url);
    cookie = await signInAt(app.url, account);
  });
  afterEach(() => proxy.set('pass'));
  afterAll(async () => {
    await app?.kill();
    await proxy?.stop();
  });

  const read = () => ask(`${app.url}/users/me`, { cookie });
  const requests: (() => Promise<Answer>)[] = [
    read,
    () => ask(`${app.url}/users/login`, { body: account }),
    () => ask(`${app.url}/users/logout`, { method: 'POST', cookie }),
    () => ask(`${app.url}/sessions`, { cookie }),
  ];
  const faults: [string, Fault][] = [
    ['silent', 'blackhole'],
    ['ten seconds late', { latencyMs: 10_000 }],
    ['cut off', 'refuse'],
  ];

  it.each(faults)('requests get 503 in time, cookies stay, and the app recovers: %s', async (_, fault) => {
    proxy.set(fault);
    const answers = await Promise.all(requests.map((request) => request()));
    const live = await ask(`${app.url}/health/live`);
    const ready = await ask(`${app.url}/health/ready`);
    // What does not need a session goes on.
    const posts = await ask(`${app.url}/posts`);
    proxy.set('pass');
    for (const answer of answers) expectUnavailable(answer);
    expect(live.status).toBe(200);
    expect(ready.status).toBe(503);
    expect(ready.took).toBeLessThan(timeLimit(1_500));
    expect(posts.status).toBe(200);
    await expect.poll(() => read().then(({ status }) => status), RECOVERY).toBe(200);
    expect(await readiness(app.url)).toBe(200);
  });

  it('disabling an account fails with a message and changes nothing', async () => {
    proxy.set('refuse');
    const refused = await runCliJson(['user', 'disable', account.username], { env: settings });
    proxy.set('pass');
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'database_unavailable' } } });
    await expect.poll(() => read().then(({ status }) => status), RECOVERY).toBe(200);
    expect(await ask(`${app.url}/users/login`, { body: account })).toMatchObject({ status: 200 });
  });

  it('everything works with 200 ms of latency', async () => {
    proxy.set({ latencyMs: 100 });
    const answers = await Promise.all([...Array.from({ length: 100 }, read), requests[1]!(), requests[3]!()]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});

describe.skipIf(missing)('a separate Redis', () => {
  let redis: RedisServer;
  let app: AppProcess;
  const account = { username: freshUsername(), password: PASSWORD };
  const logIn = () => ask(`${app.url}/users/login`, { body: account });
  const statusOf = (cookie?: string) => ask(`${app.url}/users/protected`, { cookie }).then(({ status }) => status);

  beforeAll(async () => {
    redis = await RedisServer.create();
    app = await startProcess(withRedis(redis.url));
  });
  afterAll(async () => {
    await app?.kill();
    await redis?.stop();
  });

  it('can be unavailable at the start: 503 until it responds, then everything works', async () => {
    await signUpAt(app.url, account);
    expectUnavailable(await logIn());
    await redis.start();
    await expect.poll(() => logIn().then(({ status }) => status), RECOVERY).toBe(200);
    expect(await readiness(app.url)).toBe(200);
  });

  it('keeps acknowledged writes through a kill: an active session, and a revocation', async () => {
    const [live, ended] = [await signInAt(app.url, account), await signInAt(app.url, account)];
    await ask(`${app.url}/users/logout`, { method: 'POST', cookie: ended });
    await redis.kill();
    expect(await statusOf(live)).toBe(503);
    await redis.start();
    await expect.poll(() => statusOf(live), RECOVERY).toBe(200);
    const refused = await ask(`${app.url}/users/protected`, { cookie: ended });
    expect(refused.body).toMatchObject({ code: 'session_revoked', reason: 'logged_out' });
  });

  it('that rejects writes still serves reads, and a password change changes nothing', async () => {
    const [here, there] = [await signInAt(app.url, account), await signInAt(app.url, account)];
    await redis.command(['CONFIG', 'SET', 'min-replicas-to-write', '1']);
    const body = { currentPassword: PASSWORD, newPassword: 'another good horse battery' };
    const change = await ask(`${app.url}/users/me/password`, { method: 'PUT', cookie: here, body });
    expect(change.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
    expect(change.cookies).toEqual([]);
    const logout = await ask(`${app.url}/users/logout`, { method: 'POST', cookie: here });
    expect(logout).toMatchObject({ status: 503, cookies: [] });
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200]);
    await redis.command(['CONFIG', 'SET', 'min-replicas-to-write', '0']);
    expect((await logIn()).status).toBe(200);
  });
});

describe.skipIf(missing)('Redis that rejects the credentials temporarily', () => {
  it('is used again once it accepts them, and the log has its message', async () => {
    const redis = await RedisServer.start();
    const app = await startProcess(withRedis(redis.url));
    try {
      const admin = await createClient({ url: redis.url }).connect();
      await admin.configSet('requirepass', 'another');
      await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
      const told = () => app.logs.filter(({ event }) => event === 'redis_unavailable').map(({ message }) => message);
      await expect.poll(told, RECOVERY).toContainEqual(expect.stringContaining('NOAUTH'));
      expect(await readiness(app.url)).toBe(503);
      await admin.configSet('requirepass', '');
      admin.destroy();
      await expect.poll(() => readiness(app.url), RECOVERY).toBe(200);
    } finally {
      await app.kill();
      await redis.stop();
    }
  });
});

describe.skipIf(missing)('a full Redis', () => {
  it('rejects new sessions, serves the others, and still revokes them', async () => {
    const redis = await RedisServer.start();
    const app = await startProcess(withRedis(redis.url));
    try {
      const account = await signUpAt(app.url);
      const cookie = await signInAt(app.url, account);
      await redis.command(['CONFIG', 'SET', 'maxmemory', '1']);
      expect(await ask(`${app.url}/users/login`, { body: account })).toMatchObject({ status: 503, cookies: [] });
      expect(await ask(`${app.url}/users/protected`, { cookie })).toMatchObject({ status: 200 });
      expect(await ask(`${app.url}/users/logout`, { method: 'POST', cookie })).toMatchObject({ status: 200 });
      const refused = await ask(`${app.url}/users/protected`, { cookie });
      expect(refused.body).toMatchObject({ code: 'session_revoked', reason: 'logged_out' });
    } finally {
      await app.kill();
      await redis.stop();
    }
  });
});

describe.skipIf(missing)('a Redis user with the permissions of docs/operations.md', () => {
  it('is sufficient for all uses of sessions and for doctor', async () => {
    const rights = [...readFileSync('docs/operations.md', 'utf8').matchAll(/`((?:~session:\*|\+info) [^`]+)`/g)];
    const redis = await RedisServer.start();
    await redis.command([
      'ACL',
      'SETUSER',
      'app',
      'on',
      '>geheim',
      ...rights.flatMap(([, words]) => words!.split(' ')),
    ]);
    const url = redis.url.replace('//', '//app:geheim@');
    const env = { ...withRedis(url), SESSION_REDIS_PREFIX: 'session:' };
    const app = await startProcess(env);
    try {
      const account = await signUpAt(app.url);
      const devices = [await signInDevice(app, account), await signInDevice(app, account)] as const;
      const stream = await EventStream.open(app, devices[0]);
      await stream.received(': connected\n\n');
      await devices[1].delete('/sessions/others').expect(200);
      expect(await stream.ending()).toEqual({ code: 'session_revoked', reason: 'revoked' });
      const { json } = await runCliJson(['doctor'], { env });
      const { checks } = json as { checks: CheckResult[] };
      expect(checks.filter(({ name }) => name.includes('Redis')).flatMap(({ problems }) => problems)).toEqual([]);
    } finally {
      await app.kill();
      await redis.stop();
    }
  });
});

describe.skipIf(missing)('a process that was paused', () => {
  it('does not mistake a waiting reply for a missing one', async () => {
    Logger.overrideLogger(false);
    const redis = new RedisService(await import('redis'), { url: inject('redisUrl')!, prefix: 'chaos:' });
    await redis.onApplicationBootstrap();
    const answer = redis.run((client) => client.ping());
    const until = performance.now() + 2_500;
    while (performance.now() < until);
    expect(await answer).toBe('PONG');
    redis.onApplicationShutdown();
  });
});

describe.skipIf(missing)('credentials that Redis rejects', () => {
  it('stop the start with a message that does not contain them', async () => {
    const url = inject('redisUrl')!.replace('//', '//nobody:geheim@');
    const failure = await startProcess(withRedis(url)).catch(String);
    expect(failure).toMatch(/ended with 1:.*WRONGPASS/s);
    expect(failure).not.toContain('geheim');
  });
});
