import { STATUS_CODES } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '../support/accounts.js';
import { signInDevice } from '../support/devices.js';
import { restOf, sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HEALTH = 'GET /health/live HTTP/1.1\r\nHost: a\r\n';
const CHUNK_EXTENSIONS = `${HEALTH.replace('GET', 'POST')}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(17_000)}\r\n`;
const CODES: Record<number, string> = {
  400: 'validation_failed',
  408: 'request_timeout',
  413: 'payload_too_large',
  431: 'headers_too_large',
};

describe('a request that cannot be parsed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(
      {},
      { singleProcess: 'what is read here is the answer of a parser, which a second process stands behind' },
    );
  });
  afterAll(() => app.close());

  it.each([
    [431, 'HPE_HEADER_OVERFLOW', 'headers of 17 kB', `${HEALTH}Cookie: sid=${'x'.repeat(17_000)}\r\n\r\n`],
    [431, 'HPE_HEADER_OVERFLOW', 'an address of 17 kB', `GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    [400, 'HPE_INVALID_VERSION', 'a version that is none', 'GET / HTTP/9.9\r\n\r\n'],
    [400, 'HPE_INVALID_METHOD', 'the begin of a TLS connection', '\x16\x03\x01\x02\x00\r\n\r\n'],
    [400, 'HPE_INVALID_CONTENT_LENGTH', 'a length that is none', `${HEALTH}Content-Length: -1\r\n\r\n`],
  ])('gets %i with the headers of every response, and is logged as %s: %s', async (status, reason, _, text) => {
    const received = await restOf(sendText(app, text));
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z][A-Za-z ]+\r\n`));
    const requestId = expectBody(received, status);
    expect(app.logs).toContainEqual(expect.objectContaining({ event: 'request', requestId, status, reason }));
    await app.agent().get('/health/live').expect(200);
  });

  it.each([
    ['none', ''],
    ['two', 'Host: a\r\nhost: a\r\n'],
    ['one that is none', 'Host: a b/c\r\n'],
    ['one with a name before it', 'Host: b@a\r\n'],
  ])('because of its hosts gets an error like any other: %s', async (_, hosts) => {
    const received = await restOf(sendText(app, `GET /posts HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`));
    expect(received).toMatch(/^HTTP\/1.1 400 Bad Request\r\nX-Request-Id: /);
    expect(JSON.parse(received.split('\r\n\r\n')[1]!)).toMatchObject({ code: 'validation_failed' });
  });

  it.each(['', 'a', 'a:3000', 'a_b.example:', '[::1]:3000', 'b\u00fccher.example'])(
    'does not include a request to %j',
    async (host) => {
      const text = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expect(await restOf(sendText(app, text))).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    },
  );

  it('does not include HTTP/1.0 without a host', async () => {
    expect(await restOf(sendText(app, 'GET /health/live HTTP/1.0\r\n\r\n'))).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  it('because of a late body gets a response with the id of its log line', async () => {
    const head = 'POST /users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json';
    const received = await restOf(sendText(app, `${head}\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n`));
    expect(received).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    const requestId = /X-Request-Id: ([\da-f-]{36})\r\n/.exec(received)?.[1];
    const line = () => app.logs.filter((each) => each.event === 'request' && each.requestId === requestId);
    await expect.poll(line).toEqual([expect.objectContaining({ status: 'aborted', method: 'POST' })]);
  });

  it('because of long chunk extensions gets 413', async () => {
    const received = await restOf(sendText(app, CHUNK_EXTENSIONS));
    expect(received).toMatch(/^HTTP\/1.1 413 Payload Too Large\r\n/);
    expectBody(received, 413);
  });

  it('because it stays incomplete gets 408', async () => {
    const server = app.app.getHttpServer();
    const { headersTimeout } = server;
    server.headersTimeout = 1;
    try {
      const received = await restOf(sendText(app, HEALTH));
      expect(received).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
      expectBody(received, 408);
    } finally {
      server.headersTimeout = headersTimeout;
    }
  });

  it('does not corrupt a response that is being sent', async () => {
    const { cookie } = await signInDevice(app, await signUp(app));
    const socket = sendText(app, `GET /sessions/current/events HTTP/1.1\r\nHost: a\r\nCookie: ${cookie}\r\n\r\n`);
    let beginning = '';
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      beginning += String(chunk);
      if (beginning.includes('\r\n\r\n')) break;
    }
    expect(beginning).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    socket.write('no request\r\n\r\n');
    expect(await restOf(socket)).not.toContain('HTTP/1.1');
  });

  it('is not quoted in the log', async () => {
    await restOf(sendText(app, 'GET /?password=canary-of-a-request HTTP/9.9\r\n\r\n'));
    expect(JSON.stringify(app.logs)).not.toContain('canary-of-a-request');
  });

  it('does not include unknown expectations, which are ignored', async () => {
    const received = await restOf(sendText(app, `${HEALTH}Expect: the unexpected\r\nConnection: close\r\n\r\n`));
    expect(received).toMatch(/^HTTP\/1.1 200 OK\r\nX-Request-Id: /);
  });
});

/** @returns the id of the request */
function expectBody(answer: string, status: number): string {
  for (const header of [
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'",
    'Referrer-Policy: no-referrer',
    'Cross-Origin-Resource-Policy: same-origin',
    'Cache-Control: no-store',
    'Connection: close',
  ]) {
    expect(answer).toContain(`\r\n${header}`);
  }
  const [head = '', text = ''] = answer.split('\r\n\r\n');
  expect(head).toContain('\r\nContent-Type: application/json; charset=utf-8\r\n');
  expect(head).toContain(`\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`);
  const requestId = /X-Request-Id: ([\da-f-]{36})\r\n/.exec(head)![1]!;
  const body = JSON.parse(text) as object;
  expect(body).toMatchObject({ statusCode: status, error: STATUS_CODES[status], code: CODES[status], requestId });
  return requestId;
}

it.each([
  [400, 'GET / HTTP/9.9\r\n\r\n'],
  [408, HEALTH],
  [413, CHUNK_EXTENSIONS],
  [431, `${HEALTH}Cookie: sid=${'x'.repeat(17_000)}\r\n\r\n`],
])('%i without a route gets Strict-Transport-Security if only HTTPS is served', async (status, text) => {
  const app = await startTestApp({ COOKIE_SECURE: 'true', TRUST_PROXY: '1' });
  try {
    if (status === 408) app.app.getHttpServer().headersTimeout = 1;
    const received = await restOf(sendText(app, text));
    expect(received).toContain('\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains\r\n');
    expectBody(received, status);
  } finally {
    await app.close();
  }
});
