import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The headers of browsers, routers and proxies that prefetch a link. */
const IN_ADVANCE: Record<string, string>[] = [
  { 'Sec-Purpose': 'prefetch', 'Sec-Fetch-Site': 'same-origin' },
  { 'Sec-Purpose': 'prefetch', 'Sec-Fetch-Site': 'none' },
  { 'Sec-Purpose': 'prefetch;prerender', 'Sec-Fetch-Site': 'none' },
  { 'Sec-Purpose': 'prefetch;anonymous-client-ip' },
  { Purpose: 'prefetch' },
  { 'X-Purpose': 'preview' },
  { 'X-Moz': 'prefetch' },
  { 'Next-Router-Prefetch': '1', RSC: '1' },
];

describe('a GET with side effects', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      PUBLIC_URL: 'http://127.0.0.1:1',
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      GITHUB_URL: 'http://127.0.0.1:1',
    });
  });
  afterAll(() => app.close());

  /**
   * @see https://github.com/vercel/next.js/issues/38128
   * @see https://github.com/w3c/webappsec-fetch-metadata/issues/97
   */
  it.each(IN_ADVANCE)('signs no user out by a prefetch: %o', async (headers) => {
    const agent = await loginAs(app);
    for (const path of ['/users/logout', '/USERS/Logout']) {
      expectError(await agent.get(path).set(headers), 'origin_not_allowed');
    }
    expect((await agent.get('/users/protected')).status).toBe(200);
  });

  it.each(IN_ADVANCE)('starts and completes no sign-in by a provider by a prefetch: %o', async (headers) => {
    for (const path of ['/auth/github', '/auth/github?returnTo=/a', '/auth/github/callback?code=a&state=b']) {
      const answer = await app.agent().get(path).set(headers);
      expectError(answer, 'origin_not_allowed');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('leaves other reads open to prefetches', async () => {
    const agent = await loginAs(app);
    for (const headers of IN_ADVANCE) {
      for (const path of ['/users/protected', '/posts', '/auth/providers']) {
        expect((await agent.get(path).set(headers)).status).toBe(200);
      }
    }
  });

  it.each([
    ['/users/logout', 'GET, POST'],
    ['/USERS/Logout', 'GET, POST'],
    ['/auth/github', 'GET'],
    ['/auth/github/callback', 'GET'],
  ])('rejects HEAD: %s', async (path, allowed) => {
    const agent = await loginAs(app);
    const answer = await agent.head(path);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allowed);
    expect(answer.headers['set-cookie']).toBeUndefined();
    await agent.get('/users/protected').expect(200);
  });

  it('still signs out clients of the tutorial', async () => {
    const agent = await loginAs(app);
    await agent.get('/users/logout').expect(200);
    expectError(await agent.get('/users/protected'), 'not_signed_in');
    const answer = await agent.delete('/users/logout');
    expect(answer.headers.allow).toBe('GET, POST');
  });
});
