import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, loginAs, PASSWORD } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { asRequest, mountedRoutes } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LISTED = 'https://app.example.com';

describe('cross-site requests', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ ALLOWED_ORIGINS: `https://other.example.com,${LISTED}` });
  });
  afterAll(() => app.close());

  it('are rejected on every route that writes, before other checks', async () => {
    const writes = mountedRoutes(app).filter((route) => !route.startsWith('GET '));
    expect(writes).toContain('POST /users/logout');
    for (const route of [...writes, 'GET /users/logout', 'HEAD /users/logout']) {
      const [method, path] = asRequest(route);
      for (const headers of [
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { 'Sec-Fetch-Site': 'cross-site', Origin: app.url },
        { Origin: 'https://evil.example' },
        { Origin: 'null' },
        { Origin: `${LISTED}.evil.example` },
      ]) {
        const answer = await app.agent()[method](path).set(headers);
        expect({ route, status: answer.status }).toEqual({ route, status: 403 });
        if (method !== 'head') expectError(answer, 'origin_not_allowed');
      }
    }
  });

  it.each([
    {},
    { 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: LISTED },
    { Origin: LISTED },
  ])('allow a client to sign up and in with %o', async (headers) => {
    const account = { username: freshUsername(), password: PASSWORD };
    const agent = app.agent();
    await agent.post('/users/signup').set(headers).send(account).expect(201);
    await agent.post('/users/login').set(headers).send(account).expect(200);
    const answer = await agent.post('/users/logout').set(headers);
    expect(answer.status).toBe(200);
  });

  it.each([
    [200, { Host: 'a.example:80', Origin: 'http://a.example' }],
    [200, { Host: 'a.example:8080', Origin: 'http://a.example:8080' }],
    [403, { Host: 'a.example:8080', Origin: 'http://a.example' }],
    [403, { Host: 'a.example', Origin: 'https://a.example' }],
    [403, { Host: 'a.example', 'X-Forwarded-Host': 'b.example', Origin: 'http://b.example' }],
  ])('get %i with %o', async (status, headers) => {
    expect((await app.agent().post('/users/logout').set(headers)).status).toBe(status);
  });

  it('may read, but their page cannot see the response', async () => {
    const agent = await loginAs(app);
    const answer = await agent
      .get('/users/protected')
      .set({ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://evil.example' }])(
    'are not writes: OPTIONS of the sign-out with %o',
    async (headers) => expectError(await app.agent().options('/users/logout').set(headers), 'method_not_allowed'),
  );

  it.each([
    '/users/logout',
    '/users/logout/',
    '/USERS/Logout',
    '/users/LOGOUT/',
    '/users/logout?a=b',
    '/users//logout',
    '//users/logout',
    '/users/%6Cogout',
    '/users/logout//',
    '/users/logout/.',
    '/users/logout;a',
  ])('sign no user out by a GET of %s', async (path) => {
    const agent = await loginAs(app);
    await agent.get(path).set({ 'Sec-Fetch-Site': 'cross-site' });
    expect((await agent.get('/users/protected')).status).toBe(200);
  });
});

describe('CORS', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ ALLOWED_ORIGINS: `https://other.example.com,${LISTED}` });
  });
  afterAll(() => app.close());

  it('returns an allowed origin, with credentials, also with errors', async () => {
    for (const path of ['/health/live', '/users/protected', '/nothing']) {
      const { headers } = await app.agent().get(path).set({ Origin: LISTED });
      expect(headers).toMatchObject({
        'access-control-allow-origin': LISTED,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'X-Request-Id, Retry-After, Location, Date',
      });
      expect(headers.vary).toMatch(/\bOrigin\b/);
    }
  });

  it.each([undefined, 'null', 'https://evil.example', `${LISTED}.evil.example`, 'http://app.example.com'])(
    'allows nothing to the origin %s',
    async (origin) => {
      for (const method of ['get', 'options'] as const) {
        const request = app.agent()[method]('/users/protected').set({ 'Access-Control-Request-Method': 'GET' });
        const { headers } = await (origin === undefined ? request : request.set({ Origin: origin }));
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
        expect(headers.vary).toMatch(/\bOrigin\b/);
      }
    },
  );

  it('responds to a preflight with 204 and the headers of every response', async () => {
    const asked = {
      Origin: LISTED,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'content-type',
    };
    const answer = await app.agent().options('/users/me/password').set(asked).set({ 'Sec-Fetch-Site': 'cross-site' });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': LISTED,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': expect.stringContaining('Content-Type'),
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    expect(answer.headers['access-control-allow-methods']?.split(', ')).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    );
  });
});

describe('cross-site requests behind a proxy', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY: '1' });
  });
  afterAll(() => app.close());

  it.each([
    [200, 'https://b.example'],
    [403, 'http://b.example'],
  ])('get %i with the origin %s if the proxy sends https and b.example', async (status, Origin) => {
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'b.example', Origin };
    expect((await app.agent().post('/users/logout').set(headers)).status).toBe(status);
  });
});
