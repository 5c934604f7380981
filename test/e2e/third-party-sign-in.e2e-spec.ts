import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Signer } from '../../src/keys/derived-keys.js';
import { SessionsRepository } from '../../src/sessions/store/sessions.repository.js';
import { PASSWORD, signUp } from '../support/accounts.js';
import { holdWaits } from '../support/backoff.js';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  providerSettings,
  startGitHub,
  startIdentityProvider,
  type FakeGitHub,
  type IdentityProvider,
  type RealProvider,
} from '../support/identity-provider.js';
import { close, freePort, listen } from '../support/ports.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';
import { Visitor } from '../support/provider-browser.js';
import { timeLimit } from '../support/time-limit.js';

const locationOf = (answer: Response): string | null => answer.headers.get('location');
const visitsIn = (cookie: string | undefined): object[] =>
  JSON.parse(Buffer.from(cookie!.split('.')[0]!, 'base64url').toString()) as object[];
const failed = (code: string): [number, string] => [302, `/#/login?error=${code}`];
const outcome = (answer: Response): [number, string | null] => [answer.status, locationOf(answer)];

describe('signing in by a provider', () => {
  let acme: RealProvider;
  let other: IdentityProvider;
  let late: IdentityProvider;
  let github: FakeGitHub;
  let silent: Server;
  let app: TestApp;

  beforeAll(async () => {
    const port = await freePort();
    const callback = (name: string) => ({ redirectUri: `http://127.0.0.1:${port}/auth/${name}/callback` });
    silent = createServer(() => undefined);
    const [silentPort, deadPort] = [await listen(silent), await freePort()];
    [acme, other, late, github] = await Promise.all([
      startIdentityProvider(callback('acme')),
      startIdentityProvider(callback('other')),
      startIdentityProvider({ ...callback('late'), idTokenSeconds: -120 }),
      startGitHub(),
    ]);
    const issuers = {
      acme: acme.issuer,
      other: other.issuer,
      late: late.issuer,
      silent: `http://127.0.0.1:${silentPort}`,
      dead: `http://127.0.0.1:${deadPort}`,
      renamed: acme.issuer.replace('localhost', '127.0.0.1'),
    };
    const GITHUB = { GITHUB_URL: github.issuer, GITHUB_CLIENT_ID: CLIENT_ID, GITHUB_CLIENT_SECRET: CLIENT_SECRET };
    app = await startTestApp({ ...providerSettings(port, issuers), ...GITHUB });
    app.canaries.add(CLIENT_SECRET);
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([acme.close(), other.close(), late.close(), github.close(), close(silent)]);
  });

  afterEach(() => {
    Object.assign(acme, { userInfo: undefined, token: undefined, claims: {}, idToken: {}, amr: ['pwd', 'otp'] });
  });

  const visitor = (): Visitor => new Visitor(app.url);
  const someone = (name = 'ada'): string => `${name}!${randomUUID()}`;
  const users = () => app.db.collection('users');

  async function json<T = Record<string, unknown>>(answer: Promise<Response>): Promise<T & { status: number }> {
    const { status } = await answer;
    const text = await (await answer).text();
    return { status, ...(JSON.parse(text || '{}') as T) };
  }

  /** How often the log reports the creation of this account. */
  async function timesCreated(userId: unknown): Promise<number> {
    const lines = await app.allLogs();
    return lines.filter((line) => line.event === 'user_created' && line.userId === userId).length;
  }

  /** A visitor who has signed up and in with a password. */
  async function member(): Promise<Visitor> {
    const account = await signUp(app);
    const who = visitor();
    expect((await who.post('/users/login', account)).status).toBe(200);
    return who;
  }

  /**
   * Links through the provider's pages.
   * @param there the user at the provider; another one for a second login there
   * @returns the last response of the app
   */
  async function link(who: Visitor, provider: string, login: string, there = who): Promise<Response> {
    const { location } = await json<{ location: string }>(who.post(`/auth/${provider}/link`));
    return who.get(await there.signInThere(location, login));
  }

  describe('the redirect and the callback', () => {
    it('lists the configured providers, without secrets', async () => {
      const { items } = await json<{ items: object[] }>(visitor().get('/auth/providers'));
      expect(items).toContainEqual({ provider: 'acme', label: 'Acme' });
      expect(items).toContainEqual({ provider: 'github', label: 'GitHub' });
    });

    it('redirects to the provider with state, nonce and PKCE, and stores nothing for a guest', async () => {
      const sessions = await app.sessions.all();
      const who = visitor();
      const answer = await who.get('/auth/acme');
      expect(answer.status).toBe(302);
      const location = new URL(locationOf(answer)!);
      expect(location.origin).toBe(acme.issuer);
      expect(Object.fromEntries(location.searchParams)).toMatchObject({
        response_type: 'code',
        client_id: CLIENT_ID,
        redirect_uri: `${app.url}/auth/acme/callback`,
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
        state: expect.stringMatching(/^[\w-]{43}$/) as string,
        nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      });
      const [cookie, ...more] = answer.headers.getSetCookie();
      expect(more).toEqual([]);
      expect(cookie).toMatch(/^attempt=.*; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/);
      expect(await app.sessions.all()).toHaveLength(sessions.length);
    });

    it('creates an account at the first sign-in and finds it at the next, each with its own session', async () => {
      const [login, first, second] = [someone('Grace'), visitor(), visitor()];
      expect(outcome(await first.signIn('acme', login))).toEqual([302, '/']);
      const me = await json<{ userId: string; session: { amr: string[] } }>(first.get('/users/me'));
      expect(me).toMatchObject({ status: 200, email: expect.stringMatching(/^Grace@/i) as string });
      expect(me.session.amr).toEqual(['fed', 'pwd', 'otp']);
      expect(outcome(await second.signIn('acme', login))).toEqual([302, '/']);
      expect((await json(second.get('/users/me'))).userId).toBe(me.userId);
      const { items } = await json<{ items: object[] }>(second.get('/sessions'));
      expect(items).toHaveLength(2);
      const { items: history } = await json<{ items: { type: string }[] }>(second.get('/users/me/activity'));
      expect(history.map(({ type }) => type)).toEqual(['signed_in', 'signed_in']);
      expect(await timesCreated(me.userId)).toBe(1);
    });

    it('derives a unique username from the name at the provider', async () => {
      const [first, second] = [visitor(), visitor()];
      await first.signIn('acme', someone('Zoë K.'));
      await second.signIn('acme', someone('Zoë K.'));
      expect((await json(first.get('/users/me'))).userName).toBe('zoëk.');
      expect((await json(second.get('/users/me'))).userName).toMatch(/^zoëk\.-[0-9a-f]{8}$/);
    });

    it('creates one account for two concurrent first sign-ins', async () => {
      const login = someone();
      const visitors = [visitor(), visitor(), visitor()];
      const callbacks = await Promise.all(visitors.map(async (who) => who.signInThere(await who.leave('acme'), login)));
      const answers = await Promise.all(visitors.map((who, index) => who.get(callbacks[index]!)));
      expect(answers.map(outcome)).toEqual(visitors.map(() => [302, '/']));
      const ids = await Promise.all(visitors.map(async (who) => (await json(who.get('/users/me'))).userId));
      expect(new Set(ids).size).toBe(1);
      expect(await timesCreated(ids[0])).toBe(1);
      expect(await users().countDocuments({ 'identities.subject': login })).toBe(1);
    });

    it('replaces the session of a browser that is signed in to this account', async () => {
      const [who, login] = [visitor(), someone()];
      await who.signIn('acme', login);
      const before = await who.cookie('sid');
      expect(outcome(await who.signIn('acme', login))).toEqual([302, '/']);
      const after = await who.cookie('sid');
      expect(after).not.toBe(before);
      await who.setCookie('sid', before!);
      expect(await json(who.get('/users/me'))).toMatchObject({ code: 'session_revoked', reason: 'replaced' });
    });

    it.each([
      ['the foreign account is new', async () => undefined],
      ['the foreign account exists', async (login: string) => void (await visitor().signIn('acme', login))],
    ])('never revokes the session of another account, and creates no account then: %s', async (_, prepare) => {
      const login = someone();
      await prepare(login);
      const who = await member();
      const [before, count] = [await json(who.get('/users/protected')), await users().countDocuments()];
      expect(outcome(await who.signIn('acme', login))).toEqual([302, '/#/account?error=other_account']);
      expect(await json(who.get('/users/protected'))).toEqual(before);
      expect(await users().countDocuments()).toBe(count);
    });

    it('never revokes the session of an account with another identity of the provider', async () => {
      const who = visitor();
      await who.signIn('acme', someone());
      const before = await json(who.get('/users/protected'));
      const location = await who.leave('acme');
      const callback = await visitor().signInThere(location, someone());
      expect(outcome(await who.get(callback))).toEqual([302, '/#/account?error=other_account']);
      expect(await json(who.get('/users/protected'))).toEqual(before);
    });

    // @see https://github.com/auth0/express-openid-connect/issues/43
    it('supports several sign-ins of one browser, completed in any order', async () => {
      const [who, login] = [visitor(), someone()];
      const [first, second] = [await who.leave('acme', '?returnTo=/one'), await who.leave('acme', '?returnTo=/two')];
      const github_ = await who.leave('github', '?returnTo=/three');
      github.user = { id: 90_001, login: 'octo' };
      const callbacks = [await who.signInThere(first, login), await who.signInThere(second, login)];
      expect(outcome(await who.get(callbacks[0]!))).toEqual([302, '/one']);
      expect(outcome(await who.get(callbacks[1]!))).toEqual([302, '/two']);
      expect(outcome(await who.get(await who.signInThere(github_, '')))).toEqual([
        302,
        '/#/account?error=other_account',
      ]);
    });

    it('drops the oldest of many started sign-ins, so that the cookie stays small', async () => {
      const who = visitor();
      const callback = await who.signInThere(await who.leave('acme'), someone());
      for (let visits = 0; visits < 4; visits++) await who.leave('acme');
      expect((await who.cookie('attempt'))!.length).toBeLessThan(3_500);
      expect(outcome(await who.get(callback))).toEqual(failed('sign_in_failed'));
    });

    // @see https://github.com/AxaFrance/oidc-client/issues/1635
    it.each(['', '&reload=1'])('redirects after Back or Reload once it has signed in%s', async (more) => {
      const who = visitor();
      const callback = await who.signInThere(await who.leave('acme', '?returnTo=/here'), someone());
      await who.get(callback);
      const sid = await who.cookie('sid');
      expect(outcome(await who.get(callback + more))).toEqual([302, '/here']);
      expect(await who.cookie('sid')).toBe(sid);
      await who.post('/users/logout');
      expect(outcome(await who.get(callback))).toEqual(failed('sign_in_failed'));
    });

    it('redirects after Back or Reload once it has linked, and once it has signed in by GitHub', async () => {
      const who = await member();
      const { location } = await json<{ location: string }>(who.post('/auth/acme/link'));
      const linked = await who.signInThere(location, someone());
      const first = outcome(await who.get(linked));
      expect(first[0]).toBe(302);
      expect(outcome(await who.get(linked))).toEqual(first);

      github.user = { id: 90_002, login: 'reloader' };
      const another = visitor();
      const signedIn = await another.signInThere(await another.leave('github', '?returnTo=/here'), '');
      expect(outcome(await another.get(signedIn))).toEqual([302, '/here']);
      expect(outcome(await another.get(signedIn))).toEqual([302, '/here']);
    });

    it('rejects HEAD at the callback without using up the sign-in', async () => {
      const who = visitor();
      const callback = await who.signInThere(await who.leave('acme'), someone());
      expect((await who.head(callback)).status).toBe(405);
      expect(await who.cookie('sid')).toBeUndefined();
      expect(outcome(await who.get(callback))).toEqual([302, '/']);
    });

    // @see https://github.com/zitadel/oidc/issues/139
    it('stores an email address that the provider calls verified, as boolean or as text', async () => {
      for (const email_verified of [true, 'true']) {
        const who = visitor();
        acme.claims = { email_verified };
        await who.signIn('acme', someone());
        expect(await json(who.get('/users/me'))).toHaveProperty('email');
      }
    });

    it('stores no email address that the provider has not verified', async () => {
      for (const email_verified of [false, 'false', 1, undefined]) {
        const who = visitor();
        acme.claims = { email_verified };
        await who.signIn('acme', someone());
        const me = await json(who.get('/users/me'));
        expect(me.status).toBe(200);
        expect(me).not.toHaveProperty('email');
      }
    });

    it('stores a few short authentication methods of the provider', async () => {
      const who = visitor();
      const many = Array.from({ length: 20 }, (_, n) => `way-${n}`);
      acme.amr = ['x'.repeat(99), 7, null, 'two words', '', ...many];
      await who.signIn('acme', someone());
      expect(await json(who.get('/sessions/current'))).toMatchObject({ amr: ['fed', ...many.slice(0, 8)] });
    });

    it('never signs in to an account by an email address', async () => {
      const account = await signUp(app);
      await users().updateOne({ username: account.username }, { $set: { email: 'mallory@example.com' } });
      const who = visitor();
      await who.signIn('acme', someone('mallory'));
      expect((await json(who.get('/users/me'))).userName).not.toBe(account.username);
    });

    it('removes the secrets of the request at the sign-in', async () => {
      const who = visitor();
      await who.signIn('acme', someone());
      expect(visitsIn(await who.cookie('attempt'))).toEqual([
        expect.objectContaining({ done: true, nonce: '', codeVerifier: '' }),
      ]);
    });

    it('signs in by the id at GitHub and not by the login, which can change hands', async () => {
      const who = visitor();
      github.user = { id: 4711, login: 'Octo-Cat' };
      expect(outcome(await who.get(await who.signInThere(await who.leave('github'), '')))).toEqual([302, '/']);
      const me = await json(who.get('/users/me'));
      expect(me).toMatchObject({ userName: 'octo-cat', session: { amr: ['fed'] } });
      github.user = { id: 4711, login: 'renamed' };
      const again = visitor();
      await again.get(await again.signInThere(await again.leave('github'), ''));
      expect((await json(again.get('/users/me'))).userId).toBe(me.userId);
      github.user = { id: 4712, login: 'Octo-Cat' };
      const heir = visitor();
      await heir.get(await heir.signInThere(await heir.leave('github'), ''));
      expect((await json(heir.get('/users/me'))).userId).not.toBe(me.userId);
    });

    it('accepts a GitHub without an issuer parameter, as in older versions', async () => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave('github'), ''));
      expect(callback.searchParams.get('iss')).toBe(`${github.issuer}/login/oauth`);
      callback.searchParams.delete('iss');
      expect(outcome(await who.get(callback.href))).toEqual([302, '/']);
    });
  });

  describe('the target of the redirect', () => {
    it('is the requested path', async () => {
      const answer = await visitor().signIn('acme', someone(), `?returnTo=${encodeURIComponent('/#/posts/new')}`);
      expect(outcome(answer)).toEqual([302, '/#/posts/new']);
    });

    it.each([
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      '/\n//evil.example',
      'javascript:alert(1)',
      'evil.example',
      '',
      ' /',
      '/%00\u0000',
    ])('is never another origin: %j is rejected', async (returnTo) => {
      const answer = json(visitor().get(`/auth/acme?returnTo=${encodeURIComponent(returnTo)}`));
      expect(await answer).toMatchObject({ status: 400, code: 'validation_failed' });
    });

    it('cannot be changed by the callback', async () => {
      const who = visitor();
      const callback = await who.signInThere(await who.leave('acme'), someone());
      expect(outcome(await who.get(`${callback}&returnTo=https://evil.example`))).toEqual([302, '/']);
    });
  });

  describe('the rejected cases', () => {
    async function expectSignedOut(who: Visitor): Promise<void> {
      expect(await who.cookie('sid')).toBeUndefined();
      expect(await json(who.get('/users/me'))).toMatchObject({ status: 401, code: 'not_signed_in' });
    }

    it('include an unknown provider, with 404 in every step', async () => {
      const who = await member();
      for (const answer of [who.get('/auth/nobody'), who.get('/auth/nobody/callback'), who.post('/auth/nobody/link')]) {
        expect(await json(answer)).toMatchObject({ status: 404, code: 'not_found' });
      }
    });

    it('include a callback that this browser did not start', async () => {
      const [thief, victim] = [visitor(), visitor()];
      const callback = await thief.signInThere(await thief.leave('acme'), someone());
      expect(outcome(await victim.get(callback))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(victim);
      await victim.leave('acme');
      expect(outcome(await victim.get(callback))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(victim);
    });

    it.each([
      ['forged', 'a-secret-of-somebody-else-of-enough-length', 600_000],
      ['too old', TEST_SECRET, -1],
    ])('include a started sign-in that is %s', async (_name, secret, left) => {
      const who = visitor();
      const callback = await who.signInThere(await who.leave('acme'), someone());
      const visits = visitsIn(await who.cookie('attempt')).map((each) => ({ ...each, expires: Date.now() + left }));
      const changed = Buffer.from(JSON.stringify(visits)).toString('base64url');
      const value = new Signer([secret], 'attempt-cookie/v1').sign(changed);
      await who.setCookie('attempt', encodeURIComponent(value));
      expect(outcome(await who.get(callback))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it('include a wrong state', async () => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave('acme'), someone()));
      callback.searchParams.set('state', 'a'.repeat(43));
      expect(outcome(await who.get(callback.href))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it.each(['nonce', 'code_challenge'])('include a wrong %s', async (parameter) => {
      const who = visitor();
      const location = new URL(await who.leave('acme'));
      location.searchParams.set(parameter, 'a'.repeat(43));
      const callback = await who.signInThere(location.href, someone());
      expect(outcome(await who.get(callback))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it('include the code of one provider at the callback of another', async () => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave('acme'), someone()));
      const { searchParams } = new URL(await who.leave('other'));
      callback.pathname = '/auth/other/callback';
      callback.searchParams.set('state', searchParams.get('state')!);
      expect(outcome(await who.get(callback.href))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it('include the callback of another provider than the started one', async () => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave('github'), ''));
      callback.pathname = '/auth/acme/callback';
      expect(outcome(await who.get(callback.href))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it.each(['acme', 'github'])('include a wrong issuer in an otherwise correct response of %s', async (provider) => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave(provider), someone()));
      callback.searchParams.set('iss', other.issuer);
      expect(outcome(await who.get(callback.href))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it('include a used code, even with its cookie', async () => {
      const who = visitor();
      const callback = await who.signInThere(await who.leave('acme'), someone());
      const attempt = (await who.cookie('attempt'))!;
      expect(outcome(await who.get(callback))).toEqual([302, '/']);
      const thief = visitor();
      await thief.setCookie('attempt', attempt);
      expect(outcome(await thief.get(callback))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(thief);
    });

    it('include an expired ID token', async () => {
      const who = visitor();
      expect(outcome(await who.signIn('late', someone()))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it('include a user who denies consent', async () => {
      const who = visitor();
      const callback = await who.cancelThere(await who.leave('acme'));
      expect(outcome(await who.get(callback))).toEqual(failed('cancelled'));
      expect(await who.cookie('attempt')).toBeUndefined();
      await expectSignedOut(who);
    });

    // LinkedIn's words. @see https://github.com/pow-auth/assent/issues/57
    it.each(['user_cancelled_login', 'user_cancelled_authorize'])(
      'include a user who denies consent by %s',
      async (error) => {
        const who = visitor();
        const callback = new URL(await who.signInThere(await who.leave('acme'), someone()));
        callback.searchParams.delete('code');
        callback.searchParams.set('error', error);
        expect(outcome(await who.get(callback.href))).toEqual(failed('cancelled'));
        await expectSignedOut(who);
      },
    );

    it.each([
      ['of another client', { azp: 'another-client' }, 'issued to another client'],
      ['for another client', { aud: 'another-client' }, 'aud'],
      ['with an empty subject', { sub: ' ' }, 'no usable subject'],
      ['with an endless subject', { sub: 'x'.repeat(256) }, 'no usable subject'],
    ])('include an ID token %s', async (_, claims, why) => {
      const who = visitor();
      acme.idToken = claims;
      expect(outcome(await who.signIn('acme', someone()))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
      const lines = (await app.allLogs()).filter(({ event }) => event === 'provider_sign_in_failed');
      expect(lines.at(-1)!.message).toContain(why);
    });

    it('include an error of the provider, of which only a plain word is logged', async () => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave('acme'), someone()));
      callback.searchParams.delete('code');
      callback.searchParams.set('error', 'canary text\n{"level":"fatal"}');
      callback.searchParams.set('error_description', 'canary text');
      expect(outcome(await who.get(callback.href))).toEqual(failed('sign_in_failed'));
      const lines = (await app.allLogs()).filter(({ event }) => event === 'provider_sign_in_failed');
      expect(lines.at(-1)!.message).toContain('an invalid error code');
      expect(JSON.stringify(lines.at(-1))).not.toContain('canary text');
    });

    it('include a code that GitHub does not know', async () => {
      const who = visitor();
      const callback = new URL(await who.signInThere(await who.leave('github'), ''));
      callback.searchParams.set('code', 'another-code');
      expect(outcome(await who.get(callback.href))).toEqual(failed('sign_in_failed'));
      await expectSignedOut(who);
    });

    it('include an unreadable token response, which is not logged because it may contain tokens', async () => {
      const who = visitor();
      // As short as what an error message quotes of it.
      const broken = 'canary{';
      app.canaries.add(broken);
      acme.token = (_request, response) => response.setHeader('Content-Type', 'application/json').end(broken);
      expect(outcome(await who.signIn('acme', someone()))).toEqual(failed('sign_in_failed'));
      const messages = (await app.allLogs())
        .filter(({ event }) => event === 'provider_sign_in_failed')
        .map(({ message }) => message);
      expect(messages).toContainEqual(expect.stringMatching(/SyntaxError$/));
      await expectSignedOut(who);
    });

    it('include a disabled account', async () => {
      const login = someone();
      await visitor().signIn('acme', login);
      await users().updateOne({ 'identities.subject': login }, { $set: { disabledAt: new Date() } });
      const who = visitor();
      expect(outcome(await who.signIn('acme', login))).toEqual(failed('account_disabled'));
      await expectSignedOut(who);
    });

    it.each(['dead', 'silent', 'renamed'])(
      'include a provider that is %s: 503 in time, and not database_unavailable',
      async (name) => {
        const start = performance.now();
        const answer = await visitor().get(`/auth/${name}`);
        expect(performance.now() - start).toBeLessThan(timeLimit(3_000));
        expect(await json(Promise.resolve(answer))).toMatchObject({ status: 503, code: 'provider_unavailable' });
        expect(answer.headers.get('retry-after')).toBe('1');
        expect(answer.headers.getSetCookie()).toEqual([]);
      },
    );
  });

  it('allow a retry if the provider is unavailable at the callback: 503, and the same URL works later', async () => {
    const [who, login] = [visitor(), someone()];
    const callback = await who.signInThere(await who.leave('acme'), login);
    await acme.pause();
    const answer = await who.get(callback);
    expect(await json(Promise.resolve(answer))).toMatchObject({ status: 503, code: 'provider_unavailable' });
    expect(answer.headers.getSetCookie()).toEqual([]);
    await acme.resume();
    expect(outcome(await who.get(callback))).toEqual([302, '/']);
  });

  describe.each<[string, RequestListener]>([
    ['down', (_request, response) => response.writeHead(500).end()],
    ['silent', () => undefined],
    ['beside the point', (_request, response) => response.end('<html>')],
  ])('a userinfo endpoint that is %s', (_name, userInfo) => {
    it('does not prevent a sign-in: the ID token identifies the user', async () => {
      const [login, first, again] = [someone(), visitor(), visitor()];
      await first.signIn('acme', login);
      acme.userInfo = userInfo;
      expect(outcome(await again.signIn('acme', login))).toEqual([302, '/']);
      expect((await json(again.get('/users/me'))).userId).toBe((await json(first.get('/users/me'))).userId);
    });

    it('leads to a random username for a new account', async () => {
      const who = visitor();
      acme.userInfo = userInfo;
      expect(outcome(await who.signIn('acme', someone()))).toEqual([302, '/']);
      expect((await json(who.get('/users/me'))).userName).toMatch(/^user-[0-9a-f]{8}$/);
    });
  });

  it('an unavailable provider is asked once for all waiting clients, and again for later ones', async () => {
    let asked = 0;
    silent.on('request', () => (asked += 1));
    const begin = (): Promise<Response> => visitor().get('/auth/silent');
    const answers = await Promise.all(Array.from({ length: 20 }, begin));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    const askedForAll = asked;
    // Once, but for each process, and for any that the machine kept waiting.
    expect(askedForAll).toBeLessThan(10);
    await begin();
    expect(asked).toBeGreaterThan(askedForAll);
  });

  describe('linking', () => {
    it('lists the sign-in methods of the account', async () => {
      const who = await member();
      expect(await json(who.get('/users/me/identities'))).toEqual({ status: 200, hasPassword: true, items: [] });
    });

    it('lets a provider sign in to an account with a password from then on, and redirects to the account', async () => {
      const [who, login] = [await member(), someone()];
      const { userId } = await json(who.get('/users/me'));
      const sid = await who.cookie('sid');
      expect(outcome(await link(who, 'acme', login))).toEqual([302, '/#/account']);
      expect(await who.cookie('sid')).toBe(sid);
      expect(await json(who.get('/users/me/identities'))).toMatchObject({
        hasPassword: true,
        items: [{ provider: 'acme', linkedAt: expect.any(String) as string }],
      });
      const elsewhere = visitor();
      await elsewhere.signIn('acme', login);
      expect((await json(elsewhere.get('/users/me'))).userId).toBe(userId);
      const { items } = await json<{ items: { type: string }[] }>(who.get('/users/me/activity'));
      expect(items.map(({ type }) => type)).toContain('identity_linked');
    });

    it('lets its user in by the provider while wrong passwords make the account wait', async () => {
      const [account, who, login] = [await signUp(app), visitor(), someone()];
      await who.post('/users/login', account);
      await link(who, 'acme', login);
      const guess = () => visitor().post('/users/login', { ...account, password: 'a wrong password' });
      for (let n = 0; n < 6; n++) await guess();
      await holdWaits(app);
      expect((await guess()).status).toBe(429);
      const elsewhere = visitor();
      await elsewhere.signIn('acme', login);
      expect(await json(elsewhere.get('/users/protected'))).toMatchObject({ userName: account.username });
    });

    it('shows in amr which was used: the provider at the sign-in, the password at the re-authentication', async () => {
      const [account, who] = [await signUp(app), visitor()];
      await who.post('/users/login', account);
      github.user = { id: 4713, login: 'ada' };
      const { location } = await json<{ location: string }>(who.post('/auth/github/link'));
      await who.get(await who.signInThere(location, ''));
      const elsewhere = visitor();
      await elsewhere.get(await elsewhere.signInThere(await elsewhere.leave('github'), ''));
      expect(await json(elsewhere.get('/sessions/current'))).toMatchObject({ amr: ['fed'] });
      for (const _time of [1, 2]) {
        const stepUp = json(elsewhere.post('/sessions/current/reauthentication', { password: PASSWORD }));
        expect(await stepUp).toMatchObject({ session: { amr: ['fed', 'pwd'] } });
      }
      await elsewhere.get(await elsewhere.signInThere(await elsewhere.leave('github'), ''));
      expect(await json(elsewhere.get('/sessions/current'))).toMatchObject({ amr: ['fed'] });
      const change = { currentPassword: PASSWORD, newPassword: 'another good horse battery' };
      expect((await elsewhere.put('/users/me/password', change)).status).toBe(200);
      expect(await json(elsewhere.get('/sessions/current'))).toMatchObject({ amr: ['fed', 'pwd'] });
    });

    it('is rejected if the identity belongs to another account', async () => {
      const [owner, who, taken] = [visitor(), await member(), someone()];
      await owner.signIn('acme', taken);
      expect(outcome(await link(who, 'acme', taken))).toEqual([302, '/#/account?error=already_linked']);
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ items: [] });
    });

    it('is rejected if the account has another identity there', async () => {
      const [who, first, second] = [await member(), someone(), someone()];
      expect(outcome(await link(who, 'acme', first))).toEqual([302, '/#/account']);
      expect(outcome(await link(who, 'acme', second, visitor()))).toEqual([302, '/#/account?error=already_linked']);
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ items: [{ provider: 'acme' }] });
      expect(await users().countDocuments({ 'identities.subject': second })).toBe(0);
    });

    it('needs a recent sign-in, to link and to unlink', async () => {
      const who = await member();
      const { session } = await json<{ session: { id: string } }>(who.get('/users/me'));
      await letTimePass(app.sessions, session.id);
      for (const answer of [who.post('/auth/acme/link'), who.delete('/users/me/identities/acme')]) {
        expect(await json(answer)).toMatchObject({ status: 403, code: 'reauthentication_required' });
      }
    });

    it('is only for the account that started it: not after signing out, not for another user', async () => {
      const [who, login] = [await member(), someone()];
      const { location } = await json<{ location: string }>(who.post('/auth/acme/link'));
      const callback = await who.signInThere(location, login);
      await who.post('/users/logout');
      expect(outcome(await who.get(callback))).toEqual([302, '/#/account?error=sign_in_failed']);
      expect(await users().countDocuments({ 'identities.subject': login })).toBe(0);
    });

    it('can be undone, except for the last way to sign in', async () => {
      const [who, login] = [await member(), someone()];
      await link(who, 'acme', login);
      expect((await who.delete('/users/me/identities/acme')).status).toBe(204);
      expect((await who.delete('/users/me/identities/acme')).status).toBe(204);
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ items: [] });
      const stranger = visitor();
      await stranger.signIn('acme', login);
      const { userId } = await json(who.get('/users/me'));
      expect((await json(stranger.get('/users/me'))).userId).not.toBe(userId);
      const refused = json(stranger.delete('/users/me/identities/acme'));
      expect(await refused).toMatchObject({ status: 409, code: 'last_sign_in_method' });
    });

    it('cannot be undone if only a removed provider remains', async () => {
      const [who, left] = [visitor(), someone()];
      await who.signIn('acme', someone());
      await link(who, 'other', left);
      await users().updateOne({ 'identities.subject': left }, { $set: { 'identities.$.provider': 'former' } });
      const refused = json(who.delete('/users/me/identities/acme'));
      expect(await refused).toMatchObject({ status: 409, code: 'last_sign_in_method' });
      expect((await who.delete('/users/me/identities/former')).status).toBe(204);
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ items: [{ provider: 'acme' }] });
    });

    it('leaves one of the last two ways to sign in if both are unlinked at once', async () => {
      const who = visitor();
      await who.signIn('acme', someone());
      await link(who, 'other', someone());
      const answers = await Promise.all(['acme', 'other'].map((name) => who.delete(`/users/me/identities/${name}`)));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
    });
  });

  describe('an account without a password', () => {
    it('cannot sign in by password, with the same response as for an unknown username', async () => {
      const who = visitor();
      await who.signIn('acme', someone());
      const { userName } = await json(who.get('/users/me'));
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ hasPassword: false });
      for (const password of [PASSWORD, 'undefined', 'null']) {
        const answer = json(visitor().post('/users/login', { username: userName, password }));
        expect(await answer).toMatchObject({ status: 401, code: 'invalid_credentials' });
      }
      const confirmation = json(who.post('/sessions/current/reauthentication', { password: PASSWORD }));
      expect(await confirmation).toMatchObject({ status: 403, code: 'wrong_password' });
    });

    it('sets its first one without a current one, and is then like any other', async () => {
      const [who, elsewhere, login] = [visitor(), visitor(), someone()];
      await elsewhere.signIn('acme', login);
      await who.signIn('acme', login);
      const { userName, session } = await json<{ userName: string; session: { id: string } }>(who.get('/users/me'));
      const sid = await who.cookie('sid');
      const first = json(who.put('/users/me/password', { newPassword: PASSWORD }));
      expect(await first).toEqual({ status: 200, msg: 'Password changed', revokedSessions: 1 });

      const refused = json(elsewhere.get('/users/me'));
      expect(await refused).toMatchObject({ status: 401, code: 'session_revoked', reason: 'password_changed' });
      expect(await who.cookie('sid')).not.toBe(sid);
      const now = await json<{ session: { id: string } }>(who.get('/users/me'));
      expect(now).toMatchObject({ status: 200, session: { amr: ['fed', 'pwd', 'otp'] } });
      expect(now.session.id).not.toBe(session.id);
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ hasPassword: true, items: [{}] });
      const { items } = await json<{ items: { type: string }[] }>(who.get('/users/me/activity'));
      expect(
        items
          .map(({ type }) => type)
          .slice(0, 2)
          .toSorted(),
      ).toEqual(['password_changed', 'session_revoked']);

      const signedIn = await visitor().post('/users/login', { username: userName, password: PASSWORD });
      expect(signedIn.status).toBe(200);
      const again = json(who.put('/users/me/password', { newPassword: 'another good horse battery' }));
      expect(await again).toMatchObject({ status: 400, issues: [{ path: 'currentPassword', code: 'required' }] });
      expect((await who.delete('/users/me/identities/acme')).status).toBe(204);
    });

    it('has not proved its first one by setting it', async () => {
      const who = visitor();
      github.user = { id: 4714, login: 'lin' };
      await who.get(await who.signInThere(await who.leave('github'), ''));
      expect((await who.put('/users/me/password', { newPassword: PASSWORD })).status).toBe(200);
      expect(await json(who.get('/sessions/current'))).toMatchObject({ amr: ['fed'] });
    });

    it('sets no first one that is invalid, with a current one, or long after the sign-in', async () => {
      const who = visitor();
      await who.signIn('acme', someone('grace-hopper'));
      const { userName } = await json<{ userName: string }>(who.get('/users/me'));
      for (const [body, path, code] of [
        [{}, 'newPassword', 'required'],
        [{ newPassword: 'short' }, 'newPassword', 'too_short'],
        [{ newPassword: userName }, 'newPassword', 'equals_username'],
        [{ currentPassword: PASSWORD, newPassword: PASSWORD }, 'currentPassword', 'unknown_field'],
      ] as const) {
        const answer = json(who.put('/users/me/password', body));
        expect(await answer).toMatchObject({ status: 400, code: 'validation_failed', issues: [{ path, code }] });
      }
      const { session } = await json<{ session: { id: string } }>(who.get('/users/me'));
      await letTimePass(app.sessions, session.id);
      const refused = json(who.put('/users/me/password', { newPassword: PASSWORD }));
      expect(await refused).toMatchObject({ status: 403, code: 'reauthentication_required' });
      expect(await json(who.get('/users/me/identities'))).toMatchObject({ hasPassword: false });
    });

    it('sets one of two concurrent first ones', async () => {
      const [visitors, login] = [[visitor(), visitor()], someone()];
      for (const who of visitors) await who.signIn('acme', login);
      const { userName } = await json(visitors[0]!.get('/users/me'));
      const passwords = ['first of the new ones', 'second of the new ones'];
      const answers = await Promise.all(
        visitors.map((each, n) => each.put('/users/me/password', { newPassword: passwords[n] })),
      );
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(answers[1 - winner]!.status).not.toBe(200);
      const logIn = (password: string) => visitor().post('/users/login', { username: userName, password });
      expect((await logIn(passwords[winner]!)).status).toBe(200);
      expect((await logIn(passwords[1 - winner]!)).status).toBe(401);
    });

    it('is deleted with its identity after a recent sign-in by the provider', async () => {
      const [who, login] = [visitor(), someone()];
      await who.signIn('acme', login);
      const { userId, session } = await json<{ userId: string; session: { id: string } }>(who.get('/users/me'));
      await letTimePass(app.sessions, session.id);
      expect(await json(who.delete('/users/me'))).toMatchObject({ code: 'reauthentication_required' });
      await who.signIn('acme', login);
      expect((await who.delete('/users/me')).status).toBe(204);
      expect(await users().countDocuments({ 'identities.subject': login })).toBe(0);
      const again = visitor();
      await again.signIn('acme', login);
      expect((await json(again.get('/users/me'))).userId).not.toBe(userId);
    });
  });
});

describe('without providers in the settings', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('there are none', async () => {
    expect((await app.agent().get('/auth/providers').expect(200)).body).toEqual({ items: [] });
    await app.agent().get('/auth/google').expect(404);
  });
});

describe('signing in by a provider, under other settings', () => {
  let github: FakeGitHub;
  let app: TestApp | undefined;
  beforeAll(async () => {
    github = await startGitHub();
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(() => github.close());

  async function start(settings: NodeJS.ProcessEnv): Promise<TestApp> {
    const port = await freePort();
    const GITHUB = { GITHUB_URL: github.issuer, GITHUB_CLIENT_ID: CLIENT_ID, GITHUB_CLIENT_SECRET: CLIENT_SECRET };
    app = await startTestApp({ ...providerSettings(port, {}), ...GITHUB, ...settings });
    return app;
  }

  const comeBack = async (who: Visitor): Promise<Response> =>
    who.get(await who.signInThere(await who.leave('github'), ''));

  const SECURE = { COOKIE_SECURE: 'true', TRUST_PROXY: '1', PUBLIC_URL: 'https://app.example.com' };

  it('uses a __Host- cookie if cookies are Secure', async () => {
    const secure = await start(SECURE);
    const answer = await secure.agent().get('/auth/github').set('X-Forwarded-Proto', 'https').expect(302);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-attempt=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const redirectUri = new URL(answer.headers.location!).searchParams.get('redirect_uri');
    expect(redirectUri).toBe('https://app.example.com/auth/github/callback');
  });

  it.each(['strict', 'none'])(
    'keeps the state cookie Lax for the callback if COOKIE_SAMESITE is %s',
    async (sameSite) => {
      const secure = await start({ ...SECURE, COOKIE_SAMESITE: sameSite });
      const answer = await secure.agent().get('/auth/github').set('X-Forwarded-Proto', 'https').expect(302);
      expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-attempt=.*; SameSite=Lax$/)]);
    },
  );

  it('enforces the session limit', async () => {
    const { url } = await start({ SESSION_MAX_PER_USER: '1', SESSION_CAP_POLICY: 'refuse' });
    expect(outcome(await comeBack(new Visitor(url)))).toEqual([302, '/']);
    const second = new Visitor(url);
    expect(outcome(await comeBack(second))).toEqual([302, '/#/login?error=session_limit_reached']);
    expect(await second.cookie('sid')).toBeUndefined();
  });

  it('issues no session of a transaction that ran again and was then rejected', async () => {
    const capped = await start({ SESSION_MAX_PER_USER: '1', SESSION_CAP_POLICY: 'refuse' });
    capped.singleProcess('its store of sessions is held up');
    const sessions = capped.app.get(SessionsRepository, { strict: false });
    const insert = sessions.insert.bind(sessions);
    vi.spyOn(sessions, 'insert').mockImplementationOnce(async (session, transaction) => {
      await insert(session, transaction);
      // A sign-in elsewhere, and the end of this transaction before it can be committed.
      await insert({ ...session, _id: randomUUID(), publicId: randomUUID() });
      await capped.db.admin().command({ killSessions: [transaction!.id] });
    });
    const who = new Visitor(capped.url);
    const answer = await comeBack(who);
    expect(outcome(answer)).toEqual(failed('session_limit_reached'));
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^attempt=;/)]);
    expect((await who.get('/users/me')).status).toBe(401);
  });

  it.each(['LOGIN_RATE_PER_IP', 'SIGNUP_RATE_PER_IP'])('counts by %s', async (name) => {
    const { url } = await start({ [name]: '1/1h' });
    expect(outcome(await comeBack(new Visitor(url)))).toEqual([302, '/']);
    github.user = { id: github.user.id + 1, login: 'another' };
    expect(outcome(await comeBack(new Visitor(url)))).toEqual([302, '/#/login?error=rate_limited']);
  });
});
