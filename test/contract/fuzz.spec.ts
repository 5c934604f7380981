import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAt, signUpAt } from '../support/http.js';
import { repeats } from '../support/repetitions.js';
import { mountedRoutes } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The limit for every request: the guaranteed three seconds, on a busy machine. */
const HANGS_MS = 10_000;
const RUNS = repeats(4, 12);

const NASTY = [
  '$ne',
  '$where',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '../..',
  '%00',
  '{{7*7}}',
  "' OR 1=1 --",
];
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...NASTY));
const NAMES = [
  'username',
  'password',
  'email',
  'rememberMe',
  'endSession',
  'currentPassword',
  'newPassword',
  'title',
  'content',
];
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text),
  fc.dictionary(text, text),
  fc.jsonValue(),
);
const fields = fc.dictionary(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...NAMES) }, text), value);
const body = fc.oneof(
  { weight: 5, arbitrary: fields.map((object) => JSON.stringify(object)) },
  fc.json(),
  text,
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json; charset=utf-16',
    'APPLICATION/JSON;',
    ';',
  ),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'origin',
    'sec-fetch-site',
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-http-method-override',
    'accept',
    'if-none-match',
    'range',
  ),
  fc.oneof(
    fc.constantFrom('null', 'same-origin', '::1', 'https', 'DELETE', '*', 'bytes=0-'),
    fc.string({ maxLength: 30 }).map((raw) => raw.replace(/[^\x20-\x7e]/g, '')),
  ),
);
const input = fc.record({
  id: text,
  query: fc.dictionary(text, text, { maxKeys: 4 }),
  body,
  contentType,
  headers,
  signedIn: fc.boolean(),
});

describe('arbitrary input', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY: '1', LOGIN_FREE_FAILURES: '100' });
  });
  afterAll(() => app.close());

  /** A new one for each run: the one before may have been signed out, or deleted, by what was sent. */
  const cookie = async () => signInAt(app.url, await signUpAt(app.url));

  // Takes longer than 10 s: every route gets several random requests.
  it('makes no route fail or hang', { timeout: 240_000 }, async () => {
    const routes = mountedRoutes(app);
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      await fc.assert(
        fc.asyncProperty(input, async (sent) => {
          const signal = AbortSignal.timeout(HANGS_MS);
          const response = await fetch(addressOf(path, sent), await requestOf(method, sent, signal));
          // An event stream does not end by itself.
          await response.body?.cancel();
          if (response.status >= 500) throw new Error(`${route} answered ${response.status}`);
        }),
        { numRuns: RUNS },
      );
    }
    expect(app.logs.filter(({ level }) => level === 'error')).toEqual([]);
    expect({}).not.toHaveProperty('admin');
  });

  type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

  function addressOf(path: string, { id, query }: Input): string {
    const filled = path.replaceAll(/[:*{]\{?\*?\w+\}?/g, encodeURIComponent(id.toWellFormed()));
    const pairs = Object.entries(query).map(([name, item]) => [name.toWellFormed(), item.toWellFormed()]);
    return `${app.url}${filled}?${new URLSearchParams(Object.fromEntries(pairs) as Record<string, string>).toString()}`;
  }

  async function requestOf(method: string, sent: Input, signal: AbortSignal): Promise<RequestInit> {
    const jar: Record<string, string> = sent.signedIn ? { cookie: await cookie() } : {};
    const reads = method === 'GET' || method === 'HEAD';
    const content = reads ? {} : { body: typeof sent.body === 'string' ? sent.body : new Uint8Array(sent.body) };
    return {
      method,
      headers: { ...sent.headers, ...jar, 'content-type': sent.contentType },
      ...content,
      signal,
      redirect: 'manual',
    };
  }
});
