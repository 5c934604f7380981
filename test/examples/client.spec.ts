import openapiTS, { astToString } from 'openapi-typescript';
import { CookieJar } from 'tough-cookie';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient } from '../../examples/client/client.js';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the typed client', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('is what openapi.json generates; after a change, npm run openapi writes it', async () => {
    const types = astToString(await openapiTS(new URL('../../openapi.json', import.meta.url)));
    await expect(types).toMatchFileSnapshot('../../examples/client/schema.d.ts');
  });

  it('goes from signing up to signing out', async () => {
    const api = apiClient(app.url, fetchWithCookies());
    const account = { username: freshUsername(), password: PASSWORD };
    const { data: signedUp } = await api.POST('/users/signup', { body: account });
    expect(signedUp?.userName).toBe(account.username);
    const { data: signedIn } = await api.POST('/users/login', { body: account });
    expect(signedIn?.User).toEqual({ userId: signedUp?.userId, userName: account.username });
    const { data: sessions } = await api.GET('/sessions');
    expect(sessions?.items.map(({ id, current }) => ({ id, current }))).toEqual([
      { id: signedIn?.session.id, current: true },
    ]);
    const { data: post } = await api.POST('/posts', { body: { title: 'Typed', content: 'To the last field.' } });
    const { data: page } = await api.GET('/posts', { params: { query: { limit: 1 } } });
    expect(page?.items).toEqual([post]);
    const { data: signedOut } = await api.POST('/users/logout');
    expect(signedOut?.msg).toBe('The user session has ended');
    const { error } = await api.GET('/users/protected');
    expect(error?.code).toBe('not_signed_in');
  });
});

function fetchWithCookies(): (request: Request) => Promise<Response> {
  const jar = new CookieJar();
  return async (request) => {
    request.headers.set('Cookie', await jar.getCookieString(request.url));
    const response = await fetch(request);
    for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, request.url);
    return response;
  };
}
