import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE, sendRaw } from '../support/malformed-requests.js';
import { repeats } from '../support/repetitions.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { startTestApp, testSettings } from '../support/test-app.js';

const ROUNDS = repeats(10, 50);

describe('malformed requests', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startProcess(testSettings({ LOGIN_RATE_PER_IP: '100000/1m' }));
  });
  afterAll(async () => {
    await app?.kill();
    const errors = app?.logs.filter(({ level }) => level === 'error' || level === 'fatal') ?? [];
    if (errors.length > 0) throw new Error(`They left in the log: ${JSON.stringify(errors)}`);
  });

  const live = async () => (await fetch(`${app.url}/health/live`, { signal: AbortSignal.timeout(5_000) })).status;

  it.each(HOSTILE)('%s are rejected each time', async (_, pieces, statuses) => {
    for (let round = 0; round < ROUNDS; round++) expect(statuses).toContain(await sendRaw(app.url, pieces()));
    expect(await live()).toBe(200);
  });

  it('that stop in the middle do not block other clients', async () => {
    const { port } = new URL(app.url);
    const beginnings = ['POST /users/login HT', 'POST /users/login HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"'];
    const sockets = Array.from({ length: 200 }, (_, i) => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      socket.write(beginnings[i % 2]!);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    expect(await live()).toBe(200);
    for (const socket of sockets.slice(0, 100)) socket.destroy();
    for (const socket of sockets.slice(100)) socket.resetAndDestroy();
    expect(await live()).toBe(200);
  });

  it('do not leak memory', async (context) => {
    if (!existsSync('/proc/self/status')) context.skip('only Linux tells what a process holds');
    const round = async () => {
      for (const [, pieces] of HOSTILE) await sendRaw(app.url, pieces());
    };
    const megabytes = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${app.child.pid}/status`, 'utf8'))?.[1]) / 1024;
    for (let i = 0; i < 10; i++) await round();
    const before = megabytes();
    for (let i = 0; i < ROUNDS; i++) await round();
    await expect.poll(megabytes, { timeout: 20_000, interval: 500 }).toBeLessThan(before * 1.2);
  });
});

describe('waiting for clients', () => {
  it('is limited: headers, bodies, connections', async () => {
    const app = await startTestApp();
    const { headersTimeout, requestTimeout, maxConnections } = app.app.getHttpServer();
    await app.close();
    expect({ headersTimeout, requestTimeout, maxConnections }).toEqual({
      headersTimeout: 9_000,
      requestTimeout: 14_000,
      maxConnections: 5_000,
    });
  });
});
