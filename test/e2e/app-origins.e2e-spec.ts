import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const APPS = ['capacitor://localhost', 'ionic://localhost', 'tauri://localhost', 'app://-'];

/** @see https://github.com/c15t/c15t/issues/1012 */
describe('the origins of apps in ALLOWED_ORIGINS', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ ALLOWED_ORIGINS: `https://app.example.com,${APPS.join(',')}` });
  });
  afterAll(() => app.close());

  it.each(APPS)('lets a page of %s sign up, sign in and read the responses', async (origin) => {
    const headers = { Origin: origin, 'Sec-Fetch-Site': 'cross-site' };
    const account = { username: freshUsername(), password: PASSWORD };
    const agent = app.agent();
    const asked = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
    for (const answer of [
      await agent.options('/users/login').set(asked).expect(204),
      await agent.post('/users/signup').set(headers).send(account).expect(201),
      await agent.post('/users/login').set(headers).send(account).expect(200),
    ]) {
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
      });
    }
  });

  it.each(['capacitor://localhost:1', 'capacitor://localhost/', 'CAPACITOR://localhost', 'tauri://other', 'null'])(
    'rejects a page of %s',
    async (origin) => {
      const answer = await app
        .agent()
        .post('/users/login')
        .set({ Origin: origin })
        .send(await signUp(app));
      expectError(answer, 'origin_not_allowed');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  /**
   * @see https://github.com/getsentry/sentry-javascript/issues/6077
   * @see https://github.com/facebook/create-react-app/issues/3391
   */
  it.each([
    'content-type',
    'authorization',
    'x-requested-with',
    'x-request-id',
    'cache-control',
    'last-event-id',
    'traceparent',
    'tracestate',
    'baggage',
    'sentry-trace',
  ])('allows the request header %s', async (name) => {
    const asked = {
      Origin: 'https://app.example.com',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': name,
    };
    const answer = await app.agent().options('/users/login').set(asked).expect(204);
    expect(answer.headers['access-control-allow-headers']!.toLowerCase().split(', ')).toContain(name);
    expect(answer.headers.vary).toMatch(/\bOrigin\b/);
  });
});
