import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signUp } from '../support/accounts.js';
import { signInDevice } from '../support/devices.js';
import { EventStream } from '../support/event-stream.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { readiness } from '../support/http.js';
import { redisIsMissing } from '../support/redis-missing.js';
import { RedisServer } from '../support/redis-server.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

const RECOVERY = { timeout: timeLimit(20_000) };
const missing = redisIsMissing();

/** @see https://github.com/redis/node-redis/issues/2326 */
describe.skipIf(missing)('a failover of Redis behind one address', () => {
  let servers: [RedisServer, RedisServer];
  let proxy: FaultProxy;
  let app: TestApp;
  let account: Awaited<ReturnType<typeof signUp>>;

  beforeAll(async () => {
    servers = [await RedisServer.start(), await RedisServer.start()];
    for (const server of servers) await server.command(['CONFIG', 'SET', 'repl-diskless-sync-delay', '0']);
    proxy = await FaultProxy.start(servers[0].port);
    const REDIS_URL = `redis://127.0.0.1:${proxy.port}`;
    app = await startTestApp({ SESSION_STORE: 'redis', REDIS_URL, MONGODB_URI: databaseUri() });
    account = await signUp(app);
  });
  afterAll(async () => {
    // The test's own connection, which removes what is left, stayed at the first server.
    for (const server of servers) await server.command(['REPLICAOF', 'NO', 'ONE']);
    await app?.close();
    await proxy?.stop();
    for (const server of servers) await server.stop();
  });
  beforeEach(replicate);

  /** Makes the second server a copy of the first, and waits until it is and the app uses the first. */
  async function replicate(): Promise<void> {
    await servers[1].command(['REPLICAOF', '127.0.0.1', String(servers[0].port)]);
    await expect.poll(() => servers[1].info('replication'), RECOVERY).toContain('master_link_status:up');
    await expect.poll(() => readiness(app.url), RECOVERY).toBe(200);
  }

  /** Makes the replica the primary and sends new connections to it. Open connections stay at the old primary. */
  async function failOver(): Promise<void> {
    const [old, next] = servers;
    // Replication is asynchronous: a failover that is planned waits for the replica.
    const offset = async () => /master_repl_offset:(\d+)/.exec(await old.info('replication'))![1];
    await expect
      .poll(async () => (await next.info('replication')).includes(`slave_repl_offset:${await offset()}`), RECOVERY)
      .toBe(true);
    await next.command(['REPLICAOF', 'NO', 'ONE']);
    await old.command(['REPLICAOF', '127.0.0.1', String(next.port)]);
    proxy.redirect(next.port);
    servers = [next, old];
  }

  it('needs no restart: sessions continue, sign-ins and sign-outs work', async () => {
    const device = await signInDevice(app, account);
    await failOver();
    await expect
      .poll(
        () =>
          app
            .agent()
            .post('/users/login')
            .send(account)
            .then(({ status }) => status),
        RECOVERY,
      )
      .toBe(200);
    expect(await readiness(app.url)).toBe(200);
    expect((await device.get('/users/protected')).status).toBe(200);
    expect((await device.post('/users/logout')).status).toBe(200);
    expect((await device.get('/users/protected')).status).toBe(401);
  });

  it('is noticed by a process that only reads, which stops using the old primary', async () => {
    const device = await signInDevice(app, account);
    await failOver();
    // The old primary is cut off from the new one, which a session ends at.
    await servers[1].command(['REPLICAOF', '127.0.0.1', '1']);
    await servers[0].command(['FLUSHALL']);
    const read = () => device.get('/users/protected').then(({ status }) => status);
    await expect.poll(read, RECOVERY).toBe(401);
  });

  it('keeps event streams working', async () => {
    const device = await signInDevice(app, account);
    const stream = await EventStream.open(app, device);
    await stream.received(': connected');
    await failOver();
    await expect.poll(() => device.post('/users/logout').then(({ status }) => status), RECOVERY).toBe(200);
    expect(await stream.ending()).toEqual({ code: 'session_revoked', reason: 'logged_out' });
  });

  it.each([
    ['has no memory left', 'maxmemory', '1', '0'],
    ['misses the replicas that it must write to', 'min-replicas-to-write', '5', '0'],
  ])('readiness is 503 while Redis %s', async (_, setting, bad, good) => {
    await servers[0].command(['CONFIG', 'SET', setting, bad]);
    expect(await readiness(app.url)).toBe(503);
    await servers[0].command(['CONFIG', 'SET', setting, good]);
    await expect.poll(() => readiness(app.url), RECOVERY).toBe(200);
  });
});
