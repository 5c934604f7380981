import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': expect.stringMatching(
    /^(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?=.*base-uri 'none')(?=.*object-src 'none')(?!.*unsafe)/,
  ),
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
  'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
  vary: expect.stringContaining('Origin'),
};

describe('headers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('are on every response, from every layer', async () => {
    const big = { username: 'a'.repeat(70_000), password: 'b' };
    const answers = await Promise.all([
      app.agent().get('/health/live').expect(200),
      app.agent().get('/nothing').expect(404),
      app.agent().put('/users/login').expect(405),
      app.agent().delete('/sessions/%E0%A4%A').expect(400),
      app.agent().get('/users/protected').expect(401),
      app.agent().post('/users/login').send(big).expect(413),
      app.agent().post('/users/login').type('form').send('username=a&password=b').expect(415),
      app.agent().post('/users/login').type('json').send('{"').expect(400),
      app.agent().post('/users/logout').set({ 'Sec-Fetch-Site': 'cross-site' }).expect(403),
      app.agent().trace('/users/protected').expect(405),
    ]);
    const agent = await loginAs(app);
    answers.push(await agent.get('/users/me').expect(200));
    for (const { headers } of answers) {
      expect(headers).toMatchObject(EVERYWHERE);
      for (const name of ['x-powered-by', 'server', 'etag', 'strict-transport-security']) {
        expect(headers).not.toHaveProperty(name);
      }
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    }
  });
});

describe('headers behind a proxy that terminates TLS', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ COOKIE_SECURE: 'true', TRUST_PROXY: '1' });
  });
  afterAll(() => app.close());

  it('tell browsers to use HTTPS for a year, also with errors', async () => {
    for (const path of ['/health/live', '/users/protected', '/nothing']) {
      const { headers } = await app.agent().get(path).set({ 'X-Forwarded-Proto': 'https' });
      expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    }
  });

  it('do not mention HTTPS over HTTP, where only health checks work', async () => {
    const health = await app.agent().get('/health/live').expect(200);
    const refused = await app.agent().get('/users/protected').expect(403);
    expect(refused.body.code).toBe('https_required');
    for (const { headers } of [health, refused]) expect(headers).not.toHaveProperty('strict-transport-security');
  });
});
