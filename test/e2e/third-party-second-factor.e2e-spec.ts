import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/accounts.js';
import { providerSettings, startIdentityProvider, type RealProvider } from '../support/identity-provider.js';
import { freePort } from '../support/ports.js';
import { Visitor } from '../support/provider-browser.js';
import { SECOND_STEP, totpCode } from '../support/second-factor.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const json = async <T>(response: Promise<Response>) => (await response).json() as Promise<T>;
const freshLogin = () => `ada!${randomUUID()}`;

interface SessionBody {
  session: { id: string; aal: number; amr: string[] };
}

it('a second factor is set up after a re-authentication by the provider where SECOND_FACTOR=required', async () => {
  const port = await freePort();
  const acme = await startIdentityProvider({ redirectUri: `http://127.0.0.1:${port}/auth/acme/callback` });
  const app = await startTestApp({ ...providerSettings(port, { acme: acme.issuer }), SECOND_FACTOR: 'required' });
  try {
    const login = freshLogin();
    const visitor = new Visitor(app.url);
    await visitor.signIn('acme', login);
    await letTimePass(app.sessions);
    expect(await json(visitor.post('/users/me/totp'))).toMatchObject({ code: 'reauthentication_required' });
    const { location } = await json<{ location: string }>(visitor.post('/auth/acme/reauthentication'));
    await visitor.get(await visitor.signInThere(location, login));
    expect((await visitor.post('/users/me/totp')).status).toBe(201);
  } finally {
    await app.close();
    await acme.close();
  }
});

describe('the second factor of an account that a provider signs in', () => {
  let acme: RealProvider;
  let app: TestApp;
  beforeAll(async () => {
    const port = await freePort();
    acme = await startIdentityProvider({ redirectUri: `http://127.0.0.1:${port}/auth/acme/callback` });
    app = await startTestApp({ ...providerSettings(port, { acme: acme.issuer }), SESSION_MAX_PER_USER: '10' });
  });
  afterAll(async () => {
    await app.close();
    await acme.close();
  });

  const continuationIn = (response: Response): string => {
    const [page, continuation] = response.headers.get('location')!.split('#');
    expect(page).toBe(`${app.url}/second-factor`);
    return continuation!;
  };

  async function signInAndEnableTotp(login: string): Promise<{ visitor: Visitor; secret: string }> {
    const visitor = new Visitor(app.url);
    await visitor.signIn('acme', login);
    const { secret } = await json<{ secret: string }>(visitor.post('/users/me/totp'));
    const enabled = await visitor.put('/users/me/totp', { code: totpCode(secret) });
    expect(enabled.status).toBe(200);
    return { visitor, secret };
  }

  it('is asked for at /second-factor; only the second step sets a session cookie', async () => {
    const login = freshLogin();
    const { secret } = await signInAndEnableTotp(login);
    const visitor = new Visitor(app.url);
    const continuation = continuationIn(await visitor.signIn('acme', login, '?returnTo=/posts'));
    expect(await visitor.cookie('sid')).toBeUndefined();
    const body = { continuation, code: totpCode(secret, 1) };
    const done = await json<SessionBody>(visitor.post(SECOND_STEP, body));
    expect(done).toMatchObject({ returnTo: '/posts', session: { aal: 2 } });
    expect(done.session.amr).toEqual(expect.arrayContaining(['fed', 'otp', 'mfa']));
    expect((await visitor.get('/users/me')).status).toBe(200);
  });

  it('is asked for at a re-authentication, which renews the session that began it', async () => {
    const login = freshLogin();
    const { visitor, secret } = await signInAndEnableTotp(login);
    await letTimePass(app.sessions);
    const rejected = await json(visitor.post('/users/me/recovery-codes'));
    expect(rejected).toMatchObject({ code: 'reauthentication_required', methods: ['provider'] });
    const { location } = await json<{ location: string }>(visitor.post('/auth/acme/reauthentication'));
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
    const before = await json<{ id: string }>(visitor.get('/sessions/current'));
    const continuation = continuationIn(await visitor.get(await visitor.signInThere(location, login)));
    const body = { continuation, code: totpCode(secret, 1) };
    const stranger = await json(new Visitor(app.url).post(SECOND_STEP, body));
    expect(stranger).toMatchObject({ code: 'sign_in_expired' });
    const { session } = await json<SessionBody>(visitor.post(SECOND_STEP, body));
    expect(session.aal).toBe(2);
    expect(session.id).not.toBe(before.id);
    const { items } = await json<{ items: object[] }>(visitor.get('/sessions'));
    expect(items).toHaveLength(1);
    expect((await visitor.post('/users/me/recovery-codes')).status).toBe(201);
  });

  it('is not needed for a re-authentication before it is turned on', async () => {
    const login = freshLogin();
    const visitor = new Visitor(app.url);
    await visitor.signIn('acme', login);
    await letTimePass(app.sessions);
    expect(await json(visitor.post('/users/me/totp'))).toMatchObject({ code: 'reauthentication_required' });
    const { location } = await json<{ location: string }>(visitor.post('/auth/acme/reauthentication'));
    const back = await visitor.get(await visitor.signInThere(location, login));
    expect(back.headers.get('location')).toBe('/#/account');
    expect((await visitor.post('/users/me/totp')).status).toBe(201);
  });

  it('cannot be turned on after a re-authentication as another user of the provider', async () => {
    const visitor = new Visitor(app.url);
    await visitor.signIn('acme', freshLogin());
    await letTimePass(app.sessions);
    const { location } = await json<{ location: string }>(visitor.post('/auth/acme/reauthentication'));
    await visitor.forget(acme.issuer);
    const back = await visitor.get(await visitor.signInThere(location, freshLogin()));
    expect(back.headers.get('location')).toBe('/#/account?error=other_account');
    expect(await json(visitor.post('/users/me/totp'))).toMatchObject({ code: 'reauthentication_required' });
  });

  it('cannot be turned on after a sign-in by the provider where the account has a password', async () => {
    const login = freshLogin();
    const first = new Visitor(app.url);
    await first.signIn('acme', login);
    await first.put('/users/me/password', { newPassword: PASSWORD });
    const visitor = new Visitor(app.url);
    await visitor.signIn('acme', login);
    const rejected = await json(visitor.post('/users/me/totp'));
    expect(rejected).toMatchObject({ code: 'reauthentication_required', methods: ['password'] });
    await visitor.post('/sessions/current/reauthentication', { password: PASSWORD });
    expect((await visitor.post('/users/me/totp')).status).toBe(201);
  });
});
