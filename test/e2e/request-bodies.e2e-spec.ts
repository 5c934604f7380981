import { readFileSync } from 'node:fs';
import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { restOf, sendText } from '../support/raw-http.js';
import { asRequest } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CREDENTIALS = '{"username":"a","password":"b"}';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('a request without a body', () => {
  /** @see https://github.com/axios/axios/issues/5236 */
  it.each([
    ['axios and an empty HTML form', 'application/x-www-form-urlencoded'],
    ['Go, http.Post(url, "", nil)', ''],
    ['a fetch with a text body of no characters', 'text/plain;charset=UTF-8'],
    ['a multipart form without parts', 'multipart/form-data; boundary=x'],
    ['an unsupported charset', 'application/json; charset=koi8-r'],
  ])('signs out with any Content-Type: %s', async (_, type) => {
    const agent = await loginAs(app);
    const answer = await agent.post('/users/logout').set({ 'Content-Type': type, 'Content-Length': '0' });
    expect(answer.status).toBe(200);
    expectError(await agent.get('/users/protected'), 'not_signed_in');
  });

  it.each(['DELETE /sessions/others', 'DELETE /sessions', 'DELETE /users/me'])(
    'is accepted by routes that need none: %s',
    async (route) => {
      const [method, path] = route.split(' ') as ['DELETE', string];
      const agent = await loginAs(app);
      const answer = await agent[method.toLowerCase() as 'delete'](path)
        .set({ 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '0' })
        .send();
      expect([200, 204]).toContain(answer.status);
    },
  );

  it('gets validation_failed if the route needs fields', async () => {
    const answer = await app.agent().post('/users/login').set({ 'Content-Type': 'text/plain', 'Content-Length': '0' });
    expectError(answer, 'validation_failed', { issues: expect.any(Array) as unknown });
  });

  it('is accepted with chunked encoding and no data', async () => {
    expect(await chunked('text/plain', '0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(await chunked('application/json', '0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(await chunked('text/plain', '1\r\na\r\n0\r\n\r\n')).toMatch(/^HTTP\/1.1 415 /);
  });

  async function chunked(type: string, chunks: string): Promise<string> {
    const head = `POST /users/logout HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nConnection: close`;
    return restOf(sendText(app, `${head}\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`));
  }
});

describe('the charset of a JSON body', () => {
  /** @see https://github.com/expressjs/body-parser/issues/50 */
  it.each([
    'application/json; charset=utf8',
    'application/json;charset="UTF8"',
    'application/json; Charset=Utf-8; profile=x',
    'application/json; charset="utf-8"',
  ])('may be named UTF-8 in any spelling: %j', async (type) => {
    const answer = await app.agent().post('/users/login').set('Content-Type', type).send(CREDENTIALS);
    expectError(answer, 'invalid_credentials');
  });

  it.each(['utf-16', 'utf-8x', 'latin1', 'utf'])('is rejected if it is not UTF-8: %s', async (charset) => {
    const type = `application/json; charset=${charset}`;
    const answer = await app.agent().post('/users/login').set('Content-Type', type).send(CREDENTIALS);
    expectError(answer, 'unsupported_media_type');
  });
});

describe('a body on a route that declares none', () => {
  const send = (agent: TestAgent, route: string, body: string) => {
    const [method, path] = asRequest(route);
    return agent[method](path).set('Content-Type', 'application/json').send(body);
  };

  it('is rejected on every such route because of its fields, and nothing happens', async () => {
    const agent = await loginAs(app);
    const routes = routesWithoutBody();
    expect(routes).toContain('DELETE /users/me');
    for (const route of routes) {
      const answer = await send(agent, route, '{"dryRun":true}');
      expectError(answer, 'validation_failed', {
        issues: [{ path: 'dryRun', code: 'unknown_field', message: expect.any(String) as string }],
      });
    }
    expect((await agent.get('/users/me')).status).toBe(200);
  });

  it.each(['{"confirm":{"$ne":null}}', '[1]', '[]', '{"__proto__":{"a":1}}'])('is rejected: %s', async (body) => {
    const agent = await loginAs(app);
    expect((await send(agent, 'DELETE /users/me', body)).body).toMatchObject({ code: 'validation_failed' });
    expect((await agent.get('/users/me')).status).toBe(200);
  });

  it('is accepted without fields', async () => {
    const agent = await loginAs(app);
    expect((await send(agent, 'DELETE /users/me', '{}')).status).toBe(204);
  });

  it('gets 401 before its fields are checked', async () => {
    expectError(await send(app.agent(), 'DELETE /users/me', '{"dryRun":true}'), 'not_signed_in');
  });

  it.each(['POST /users/logout', 'GET /users/logout'])('is ignored by a sign-out: %s', async (route) => {
    const agent = await loginAs(app);
    await send(agent, route, '{"userId":1}').expect(200);
    expectError(await agent.get('/users/me'), 'not_signed_in');
  });
});

/** All routes of openapi.json without a request body, except sign-out, in the form `DELETE /sessions/:id`. */
function routesWithoutBody(): string[] {
  const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
    paths: Record<string, Record<string, { requestBody?: object }>>;
  };
  return Object.entries(paths)
    .filter(([path]) => path !== '/users/logout')
    .flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { requestBody }]) => requestBody === undefined)
        .map(([method]) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
}
