import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Public } from '../../src/http/public.decorator.js';
import { ISSUE_CODES } from '../../src/errors/error-codes.js';
import { Operation } from '../../src/http/operation.decorator.js';
import { PostsService } from '../../src/posts/posts.service.js';
import { loginAs } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { restOf, sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

@Controller('closed')
class ClosedController {
  @Operation({ summary: 'Nobody’s', errors: ['forbidden'] })
  @UseGuards({ canActivate: () => false })
  @Public()
  @Get()
  get(): void {}
}

@Module({ controllers: [ClosedController] })
class ClosedModule {}

it('a custom guard that returns false causes an error like any other', async () => {
  const app = await startTestApp({}, { features: [ClosedModule] });
  expectError(await app.agent().get('/closed'), 'forbidden');
  await app.close();
});

describe('errors', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ BODY_LIMIT: '1kb' });
  });
  afterAll(() => app.close());

  const agent = () => app.agent();

  it('responds 404 to unknown paths, for guests and signed-in users', async () => {
    const signedIn = await loginAs(app);
    for (const path of ['/nothing', '/users', '/users/me.json', '/users/me/x.css', '/.env', '/.git/config']) {
      expectError(await agent().get(path), 'not_found');
      expectError(await signedIn.get(path), 'not_found');
    }
  });

  it('responds 500 to an unexpected error, logs its cause without exposing it, and continues', async () => {
    app.singleProcess('its service fails');
    vi.spyOn(app.app.get(PostsService), 'page').mockImplementationOnce(() => {
      throw new Error('a detail of the server');
    });
    const answer = await agent().get('/posts');
    expectError(answer, 'internal_error');
    expect(answer.text).not.toContain('detail');
    const { requestId } = answer.body as { requestId: string };
    expect(app.logs).toContainEqual(
      expect.objectContaining({
        requestId,
        code: 'internal_error',
        err: expect.objectContaining({ message: 'a detail of the server' }) as unknown,
      }),
    );
    await agent().get('/posts').expect(200);
  });

  it.each([
    ['get', '/users/login', 'POST'],
    ['put', '/users/login', 'POST'],
    ['get', '/users/signup', 'POST'],
    ['delete', '/users/logout', 'GET, POST'],
    ['post', '/users/protected', 'GET, HEAD'],
    ['post', '/health/live', 'GET, HEAD'],
    ['trace', '/users/protected', 'GET, HEAD'],
    ['trace', '/', 'GET, HEAD'],
  ] as const)('responds to %s %s with 405 and Allow', async (method, path, allowed) => {
    const answer = await agent()[method](path);
    expectError(answer, 'method_not_allowed');
    expect(answer.headers.allow).toBe(allowed);
  });

  it('responds to HEAD wherever it responds to GET', async () => {
    expect((await agent().head('/health/live')).status).toBe(200);
    expect((await agent().head('/users/protected')).status).toBe(401);
  });

  it.each(['{', '{"password":"hunter2secret"', '{"password":hunter2secret}', '\u0000', "{'a':1}", '[1,]'])(
    'responds to the malformed body %j with a constant message',
    async (body) => {
      const answer = await agent().post('/users/login').type('json').send(body);
      expectError(answer, 'malformed_json');
      expect(answer.text).not.toContain('hunter2secret');
      expect(JSON.stringify(await app.allLogs())).not.toContain('hunter2secret');
    },
  );

  it('treats a missing body as an empty one', async () => {
    const issues = ['password', 'username'].map((path) => ({ path, code: 'required', message: ISSUE_CODES.required }));
    expectError(await agent().post('/users/login'), 'validation_failed', { issues });
    expectError(await agent().post('/users/login').type('json'), 'validation_failed', { issues });
  });

  it('responds 413 to a body over BODY_LIMIT: with a length, chunked, or compressed', async () => {
    const body = JSON.stringify({ username: 'ada', password: 'x'.repeat(1024) });
    expectError(await agent().post('/users/login').type('json').send(body), 'payload_too_large');
    const streamed = await fetch(`${app.url}/users/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    expect(streamed.status).toBe(413);
    const zipped = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
    const unpacked = await fetch(`${app.url}/users/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: zipped,
      duplex: 'half',
    });
    expect(unpacked.status).toBe(413);
    expect(await unpacked.json()).toMatchObject({ code: 'payload_too_large' });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json-patch+json',
    'application/json; charset=koi8-r',
    'nonsense',
    '',
  ])('responds 415 to a body of type %j', async (type) => {
    const answer = await agent().post('/users/login').set('Content-Type', type).send('{}');
    expectError(answer, 'unsupported_media_type');
  });

  it('responds 415 to an unknown encoding', async () => {
    const answer = await agent().post('/users/login').type('json').set('Content-Encoding', 'x-own').send('{}');
    expectError(answer, 'unsupported_media_type');
  });

  it('accepts application/json with any spelling of UTF-8', async () => {
    for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset=utf-8']) {
      const answer = await agent()
        .post('/users/login')
        .set('Content-Type', type)
        .send('{"username":"a","password":"b"}');
      expectError(answer, 'invalid_credentials');
    }
  });

  it.each(['/%E0%A4%A', '/users/%ff', '/%'])(
    'responds to the URL %s, which cannot be decoded, like to any other error',
    async (path) => {
      const { status, body, headers } = await raw(`GET ${path} HTTP/1.1`);
      expect([400, 404]).toContain(status);
      expect(JSON.parse(body)).toMatchObject({ statusCode: status, requestId: headers['x-request-id'] });
    },
  );

  it('responds 401 to invalid cookies, sets none, and still signs out', async () => {
    for (const cookie of ['sid=%E0%A4%A', 'sid=s%3A', 'sid=s:a.b', 'sid=', 'sid=j:{}', `sid=${'x'.repeat(4000)}`]) {
      const answer = await agent().get('/users/protected').set('Cookie', cookie);
      expectError(answer, 'session_invalid');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect((await agent().post('/users/logout').set('Cookie', cookie)).status).toBe(200);
    }
    expectError(await agent().get('/users/protected').set('Cookie', 'other=1; ;;=;'), 'not_signed_in');
  });

  it('sends its own X-Request-Id and the security headers with every response, and does not reveal its software', async () => {
    const answers = [
      await agent().get('/health/live').set('X-Request-Id', 'the-clients-own'),
      await agent().get('/users/protected'),
      await agent().get('/nothing'),
      await agent().get('/users/login'),
      await agent().post('/users/login').type('form').send('a=b'),
      await agent().post('/users/login').type('json').send('{'),
      await agent().post('/users/login?password=x'),
    ];
    const ids = answers.map(({ headers }) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(answers.length);
    for (const { headers } of answers) {
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBeDefined();
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      for (const name of ['x-powered-by', 'server', 'etag', 'set-cookie']) expect(headers).not.toHaveProperty(name);
    }
  });

  /** Sends a raw request that HTTP clients would reject. */
  async function raw(...head: string[]) {
    const text = await restOf(sendText(app, [...head, 'Host: localhost', 'Connection: close', '', ''].join('\r\n')));
    const [top = '', body = ''] = text.split('\r\n\r\n');
    const lines = top.split('\r\n');
    const headers = Object.fromEntries(
      lines.slice(1).map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ')[1]]),
    );
    return { status: Number(lines[0]!.split(' ')[1]), headers, body };
  }
});
