import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { BuiltApp } from '../support/app-process.js';
import { close, listen } from '../support/ports.js';
import { databaseUri } from '../support/test-app.js';

const OTEL = resolve('deploy/tracing/otel.mjs');
const missing = existsSync('deploy/tracing/node_modules')
  ? undefined
  : 'its packages are not installed (npm ci --prefix deploy/tracing)';

interface Span {
  name: string;
  traceId: string;
  attributes: { key: string; value: object }[];
}

interface Export {
  resourceSpans: { scopeSpans: { scope: { name: string }; spans: Span[] }[] }[];
}

describe('traces by deploy/tracing/otel.mjs, on the bundle', () => {
  const spans: (Span & { scope: string })[] = [];
  let collector: Server;
  let app: BuiltApp;
  const exports = new EventEmitter();

  beforeAll(async () => {
    if (missing) return;
    collector = createServer((request, response) => {
      void request.toArray().then((chunks) => {
        const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as Export;
        for (const { scope, spans: more } of resourceSpans.flatMap(({ scopeSpans }) => scopeSpans)) {
          spans.push(...more.map((span) => ({ ...span, scope: scope.name })));
        }
        response.setHeader('Content-Type', 'application/json').end('{}');
        exports.emit('received');
      });
    });
    const port = await listen(collector);
    app = new BuiltApp('main.js', {
      NODE_ENV: 'production',
      NODE_OPTIONS: `--import=${pathToFileURL(OTEL).href}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      COOKIE_SECURE: 'false',
      PORT: '0',
      MONGODB_URI: databaseUri(),
      SESSION_SECRETS: 'a-production-secret-of-sufficient-length',
      BCRYPT_COST: '10',
    });
    await app.url();
  });
  beforeEach(({ skip }) => {
    if (missing) skip(missing);
  });
  afterAll(async () => {
    app?.child.kill('SIGKILL');
    if (collector) await close(collector);
  });

  it('show the request, its route and its MongoDB command in one trace of the client', async () => {
    const url = await app.url();
    const account = { username: freshUsername(), password: PASSWORD };
    const post = (path: string, traceId: string) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
        body: JSON.stringify(account),
      });
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect((await post('/users/signup', traceId)).status).toBe(201);
    const scopes = () => new Set(spans.filter((span) => span.traceId === traceId).map(({ scope }) => scope));
    while (scopes().size < 3) await once(exports, 'received');
    expect([...scopes()].toSorted()).toEqual([
      '@opentelemetry/instrumentation-express',
      '@opentelemetry/instrumentation-http',
      '@opentelemetry/instrumentation-mongodb',
    ]);
    expect(JSON.stringify(spans)).not.toContain(account.username);
    expect(JSON.stringify(spans)).not.toContain(PASSWORD);
  });
});
