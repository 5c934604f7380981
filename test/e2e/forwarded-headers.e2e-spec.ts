import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('behind a proxy', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY: '1', COOKIE_SECURE: 'true' });
  });
  afterAll(() => app.close());

  /** @see https://github.com/RocketChat/Rocket.Chat/issues/25906 */
  it.each(['HTTPS', 'Https', 'https', ' HTTPS ', 'HTTPS, http'])(
    'treats X-Forwarded-Proto: %s as HTTPS',
    async (proto) => {
      const headers = { 'X-Forwarded-Proto': proto, 'X-Forwarded-Host': 'App.Example', Origin: 'https://app.example' };
      const account = { username: freshUsername(), password: PASSWORD };
      await app.agent().post('/users/signup').set(headers).send(account).expect(201);
      const answer = await app.agent().post('/users/login').set(headers).send(account).expect(200);
      expect(setCookie(answer, '__Host-sid')!.attributes).toMatchObject({ secure: true });
      expect(answer.headers['strict-transport-security']).toBeDefined();
    },
  );

  it.each(['http', 'HTTP', 'httpss', ''])('treats X-Forwarded-Proto: %j as plain HTTP', async (proto) => {
    expectError(await app.agent().post('/users/logout').set({ 'X-Forwarded-Proto': proto }), 'https_required');
  });
});

it('X-Forwarded-Proto is ignored without a proxy, in any case', async () => {
  const app = await startTestApp({ COOKIE_SECURE: 'true' });
  try {
    expectError(await app.agent().post('/users/logout').set({ 'X-Forwarded-Proto': 'HTTPS' }), 'https_required');
  } finally {
    await app.close();
  }
});
