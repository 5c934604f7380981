import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EventStream } from '../support/event-stream.js';
import { signUp } from '../support/accounts.js';
import { signInDevice } from '../support/devices.js';
import { restOf, sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** More than the kernel takes for a client that does not read. */
const LARGE = Buffer.alloc(12 * 1024 * 1024, 'x');
const BUDGET = 64 * 1024 * 1024;

/** Routes that only these tests need: one large response, and one that shows how many requests are handled at once. */
function prepare(app: NestExpressApplication): void {
  app.use('/large', (_request: Request, response: Response) => response.end(LARGE));
  app.use('/streamed', (_request: Request, response: Response) => {
    response.on('drain', () => response.write(LARGE.subarray(0, 1024 * 1024)));
    response.write(LARGE.subarray(0, 8 * 1024 * 1024));
  });
  app.use('/slow', (request: Request, response: Response) => {
    handled.push(request.url);
    waiting.push(() => response.end(request.url));
  });
}
const handled: string[] = [];
const waiting: (() => void)[] = [];

describe('responses that their clients do not read', () => {
  let app: TestApp;
  const open: Socket[] = [];
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    app = await startTestApp({}, { prepare, singleProcess: 'it counts what one process holds' });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app.close();
  });

  /** Sends GET requests, and reads nothing. */
  function unread(path: string, times = 1): Socket {
    const socket = sendText(app, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(times)).pause();
    socket.on('error', () => undefined);
    open.push(socket);
    return socket;
  }

  /** The server's end of a connection that this makes. */
  async function serverEnd(make: () => Socket): Promise<[client: Socket, server: Socket]> {
    const connection = once(app.app.getHttpServer(), 'connection') as Promise<[Socket]>;
    const client = make();
    return [client, (await connection)[0]];
  }

  it.each(['/large', '/streamed'])('are aborted within 60 s: %s', async (path) => {
    const [, server] = await serverEnd(() => unread(path));
    await expect.poll(() => server.writableLength).toBeGreaterThan(0);
    vi.advanceTimersByTime(40_000);
    expect(server.destroyed).toBe(false);
    vi.advanceTimersByTime(20_000);
    expect(server.destroyed).toBe(true);
  });

  it('are sent completely to a client that pauses', async () => {
    const [client, server] = await serverEnd(() => unread('/large'));
    await expect.poll(() => server.writableLength).toBeGreaterThan(0);
    vi.advanceTimersByTime(40_000);
    let bytes = 0;
    client.on('data', (chunk: string) => (bytes += chunk.length)).resume();
    await expect.poll(() => bytes).toBeGreaterThan(LARGE.length);
    vi.advanceTimersByTime(60_000);
    expect(server.destroyed).toBe(false);
  });

  it('do not close idle connections', async () => {
    const [client, server] = await serverEnd(() => connect(Number(new URL(app.url).port), '127.0.0.1'));
    open.push(client);
    vi.advanceTimersByTime(60_000);
    expect(server.destroyed).toBe(false);
  });

  it('take at most 64 MB together: the oldest is aborted, and others are served', async () => {
    const pairs: [Socket, Socket][] = [];
    for (let n = 0; n < 12; n++) {
      const pair = await serverEnd(() => unread('/large'));
      await expect.poll(() => pair[1].writableLength + Number(pair[1].destroyed)).toBeGreaterThan(0);
      pairs.push(pair);
    }
    const servers = pairs.map(([, server]) => server);
    const heldBytes = servers.filter(({ destroyed }) => !destroyed).reduce((sum, s) => sum + s.writableLength, 0);
    expect(heldBytes).toBeLessThanOrEqual(BUDGET);
    expect(servers[0]!.destroyed).toBe(true);
    expect(servers.at(-1)!.destroyed).toBe(false);
    await app.agent().get('/health/live').expect(200);
  });

  it('do not close an event stream whose client reads', async () => {
    const device = await signInDevice(app, await signUp(app));
    const stream = await EventStream.open(app, device);
    for (let beats = 1; beats <= 6; beats++) {
      vi.advanceTimersByTime(20_000);
      await stream.received(': heartbeat\n\n'.repeat(beats));
    }
    expect(stream.response.closed).toBe(false);
    stream.close();
  });

  it('are produced one at a time for pipelined requests', async () => {
    const paths = ['/slow/1', '/slow/2', '/slow/3'];
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n`);
    const socket = sendText(app, `${requests.join('\r\n')}Connection: close\r\n\r\n`);
    for (const [n] of paths.entries()) {
      await expect.poll(() => handled).toHaveLength(n + 1);
      waiting.shift()!();
    }
    const bodies = [...(await restOf(socket)).matchAll(/\r\n\r\n(\/\d)/g)].map(([, body]) => body);
    expect(bodies).toEqual(['/1', '/2', '/3']);
  });

  it('are not produced for more than 32 pipelined requests: the connection is closed', async () => {
    handled.length = 0;
    const socket = sendText(app, 'GET /slow/0 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1_000));
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(handled).toHaveLength(1);
    waiting.length = 0;
    await app.agent().get('/health/live').expect(200);
  });
});
