import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scrape } from '../support/metrics.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

describe('the metrics server', () => {
  let app: TestApp;
  beforeAll(
    async () => void (app = await startTestApp({ METRICS_PORT: '0' }, { singleProcess: 'it has a port of its own' })),
  );
  afterAll(() => app.close());

  const port = () => Number(app.logs.find(({ event }) => event === 'metrics_listening')!.port);

  async function open(text: string): Promise<Socket> {
    const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(text);
    return socket.resume();
  }

  /** @see https://github.com/nodejs/node/issues/20256 */
  it('keeps connections open for KEEP_ALIVE_TIMEOUT, as the server of the app does', async () => {
    const socket = await open('');
    socket.pause().write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
    const [chunk] = (await once(socket.resume(), 'data')) as [Buffer];
    expect(String(chunk)).toContain('\r\nKeep-Alive: timeout=75\r\n');
    socket.destroy();
  });

  it('closes connections that send nothing or half a request, closed by the client or not', async () => {
    const silent = await open('');
    const half = await open('GET /metrics HTTP/1.1\r\nHost: a\r\n');
    const ended = await open('GET /metrics HTTP/1.1\r\n');
    ended.end();
    const closed = Promise.all([silent, half, ended].map((socket) => once(socket, 'end')));
    const late = new Promise((_, reject) => setTimeout(reject, timeLimit(8_000), new Error('still open')));
    await Promise.race([closed, late]);
    expect(await scrape(app.logs)).toContain('live_sessions');
  });

  it('responds to scrapers again after 150 connections that never send a request', async () => {
    const sockets = await Promise.all(Array.from({ length: 150 }, () => open('GET ')));
    await expect
      .poll(
        () =>
          scrape(app.logs).then(
            (text) => text.includes('live_sessions'),
            () => false,
          ),
        {
          timeout: timeLimit(8_000),
        },
      )
      .toBe(true);
    for (const socket of sockets) socket.destroy();
  });
});
