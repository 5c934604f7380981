import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { restOf, sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CLIENTS = 50;
/** Far below the server's own limits, which resource-limits are held to elsewhere: these tests are about who is cut. */
const LIMIT_MS = 500;
const EVERY_MS = 50;
/** Node looks for slow clients only every 30 s unless told otherwise, which are 600 pieces. */
const MAX_PIECES = 200;

const SLOW: [name: string, beginning: string, piece: string][] = [
  ['headers', 'GET /health/live HTTP/1.1\r\nHost: a\r\n', 'X-More: yes\r\n'],
  [
    'body',
    'POST /users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n',
    ' ',
  ],
];

/** A slow sender is never silent, so an idle timeout does not end it: only a limit for the whole of what it sends does. */
describe('clients that send a request in small pieces without end', () => {
  let app: TestApp;
  let normal: { headersTimeout: number; requestTimeout: number };
  let pieces: NodeJS.Timeout | undefined;
  const clients: Socket[] = [];
  beforeAll(async () => {
    app = await startTestApp({}, { singleProcess: 'the limits of its own server are changed' });
  });
  beforeEach(() => {
    const { headersTimeout, requestTimeout } = app.app.getHttpServer();
    normal = { headersTimeout, requestTimeout };
    Object.assign(app.app.getHttpServer(), { headersTimeout: LIMIT_MS, requestTimeout: LIMIT_MS });
  });
  afterEach(() => {
    clearInterval(pieces);
    Object.assign(app.app.getHttpServer(), normal);
    for (const client of clients.splice(0)) client.destroy();
  });
  afterAll(() => app.close());

  it.each(SLOW)(
    'are cut with 408 when their %s take too long, and others are served meanwhile',
    async (_, ...parts) => {
      const [beginning, piece] = parts;
      for (let n = 0; n < CLIENTS; n++) clients.push(sendText(app, beginning).on('error', () => undefined));
      let sent = 0;
      pieces = setInterval(() => {
        sent += 1;
        for (const client of clients) if (client.writable) client.write(piece);
      }, EVERY_MS);
      const received = Promise.all(clients.map(restOf));
      await app.agent().get('/health/live').expect(200);
      for (const text of await received) expect(text).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
      expect(sent).toBeLessThan(MAX_PIECES);
      await app.agent().get('/health/live').expect(200);
    },
  );
});
