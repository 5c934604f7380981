import bcrypt from 'bcrypt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { issue } from '../../src/errors/app.error.js';
import type { IssueCode } from '../../src/errors/error-codes.js';
import { freshUsername, PASSWORD, signIn, signUp, verifyEmail, type Credentials } from '../support/accounts.js';
import { expectToLast, setCookie } from '../support/cookies.js';
import { expectError } from '../support/expect-error.js';
import { holdWaits } from '../support/backoff.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DAY_SECONDS = 86_400;

describe('signing in and out', () => {
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    app = await startTestApp();
    account = await signUp(app);
    vi.spyOn(bcrypt, 'compare');
    vi.spyOn(bcrypt, 'hash');
  });
  beforeEach(() => vi.clearAllMocks());
  afterAll(() => app.close());

  const logIn = (body: unknown) =>
    app
      .agent()
      .post('/users/login')
      .send(body as object);

  it('responds with user, message and the public view of the session', async () => {
    const answer = await app
      .agent()
      .post('/users/login')
      .set('User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
      .send({ ...account, username: ` ${account.username.toUpperCase()}` })
      .expect(200);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(answer.body).toEqual({
      User: { userId: expect.stringMatching(/^[0-9a-f]{24}$/), userName: account.username },
      msg: 'User logged in',
      session: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        current: true,
        createdAt: time,
        lastSeenAt: time,
        authenticatedAt: time,
        idleExpiresAt: time,
        absoluteExpiresAt: time,
        ip: '127.0.0.1',
        device: { label: 'Firefox on Linux', userAgent: expect.stringContaining('Firefox/140.0') },
        amr: ['pwd'],
        aal: 1,
      },
    });
    const { createdAt, idleExpiresAt, absoluteExpiresAt } = answer.body.session;
    expect(Date.parse(idleExpiresAt) - Date.parse(createdAt)).toBe(7 * DAY_SECONDS * 1000);
    expect(Date.parse(absoluteExpiresAt) - Date.parse(createdAt)).toBe(30 * DAY_SECONDS * 1000);
  });

  it('sets a cookie that lasts as long as the session, by Max-Age and by Expires', async () => {
    const answer = await logIn(account);
    const { attributes } = setCookie(answer)!;
    expect(attributes).toEqual({
      'max-age': expect.any(String),
      expires: expect.any(String),
      path: '/',
      httponly: true,
      samesite: 'Lax',
    });
    expectToLast(attributes, 7 * DAY_SECONDS);
    // By the server's clock, which says whole seconds.
    const lasts = Date.parse(String(attributes.expires)) - Date.parse(answer.headers.date!);
    expect(Math.abs(lasts / 1000 - Number(attributes['max-age']))).toBeLessThan(5);
  });

  it('sets a session cookie of the browser for rememberMe false, with the shorter timeouts', async () => {
    const answer = await logIn({ ...account, rememberMe: false });
    expect(setCookie(answer)!.attributes).toEqual({ path: '/', httponly: true, samesite: 'Lax' });
    const { createdAt, idleExpiresAt, absoluteExpiresAt } = answer.body.session;
    expect(Date.parse(idleExpiresAt) - Date.parse(createdAt)).toBe(7_200_000);
    expect(Date.parse(absoluteExpiresAt) - Date.parse(createdAt)).toBe(DAY_SECONDS * 1000);
  });

  it('shows signed-in users exactly their id and username', async () => {
    const agent = await signIn(app, account);
    const answer = await agent.get('/users/protected').expect(200);
    expect(answer.body).toEqual({ userId: expect.any(String), userName: account.username });
  });

  it('shows signed-in users their account and session, without secrets', async () => {
    const agent = await signIn(app, account);
    const { body } = await agent.get('/users/me').expect(200);
    expect(Object.keys(body)).toEqual(['userId', 'userName', 'emailVerified', 'roles', 'createdAt', 'session']);
    expect(body.session.current).toBe(true);
  });

  it('rejects a guest with not_signed_in', async () => {
    expectError(await app.agent().get('/users/protected'), 'not_signed_in');
    expectError(await app.agent().get('/users/me'), 'not_signed_in');
  });

  it('signs out by POST and by GET, with the same response with and without a session', async () => {
    for (const method of ['post', 'get'] as const) {
      const agent = await signIn(app, account);
      const answer = await agent[method]('/users/logout').expect(200);
      expect(answer.body).toEqual({ msg: 'The user session has ended' });
      expect(setCookie(answer)!.attributes).toEqual({
        path: '/',
        expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
        httponly: true,
        samesite: 'Lax',
      });
      expectError(await agent.get('/users/protected'), 'not_signed_in');
      const again = await agent[method]('/users/logout').expect(200);
      expect(again.body).toEqual(answer.body);
      expect(again.headers['set-cookie']).toBeUndefined();
    }
  });

  describe('a sign-in that fails', () => {
    it('responds alike, byte by byte, to an unknown user and a wrong password, after exactly one bcrypt', async () => {
      app.singleProcess('bcrypt is counted');
      const wrong = await logIn({ ...account, password: 'not the password' });
      expectError(wrong, 'invalid_credentials');
      expect(wrong.headers['set-cookie']).toBeUndefined();
      expect(bcrypt.compare).toHaveBeenCalledTimes(1);
      // The last two are no names at all.
      for (const [n, username] of [freshUsername(), 'no such name!', '\u0000'].entries()) {
        const unknown = await logIn({ username, password: 'not the password' });
        expect(bcrypt.compare).toHaveBeenCalledTimes(n + 2);
        expect(withoutRequest(unknown)).toEqual(withoutRequest(wrong));
      }
      expect(bcrypt.hash).not.toHaveBeenCalled();
      const costs = vi.mocked(bcrypt.compare).mock.calls.map(([, hash]) => bcrypt.getRounds(hash));
      expect(new Set(costs).size).toBe(1);
    });

    it('does not change the existing session', async () => {
      const agent = await signIn(app, account);
      expectError(await agent.post('/users/login').send({ ...account, password: 'wrong' }), 'invalid_credentials');
      await agent.get('/users/protected').expect(200);
    });

    it('reveals that an account is disabled only after the right password', async () => {
      const disabled = await signUp(app);
      await app.db.collection('users').updateOne({ username: disabled.username }, { $set: { disabledAt: new Date() } });
      expectError(await logIn({ ...disabled, password: 'not it at all' }), 'invalid_credentials');
      expectError(await logIn(disabled), 'account_disabled');
    });

    it('costs exactly one bcrypt if it succeeds, too', async () => {
      app.singleProcess('bcrypt is counted');
      await signIn(app, account);
      expect(bcrypt.compare).toHaveBeenCalledTimes(1);
      expect(bcrypt.hash).not.toHaveBeenCalled();
    });
  });

  describe('invalid sign-in requests', () => {
    it.each<[object, string, IssueCode, number?]>([
      [{}, 'username', 'required'],
      [{ username: 'ada' }, 'password', 'required'],
      [{ username: 'ada', password: 1 }, 'password', 'wrong_type'],
      [{ username: 'ada', password: true }, 'password', 'wrong_type'],
      [{ username: { $ne: null }, password: PASSWORD }, 'username', 'wrong_type'],
      [{ username: 'ada', password: { $gt: '' } }, 'password', 'wrong_type'],
      [{ username: ['ada'], password: PASSWORD }, 'username', 'wrong_type'],
      [{ username: 'ada', password: null }, 'password', 'wrong_type'],
      [{ username: 'ada', password: '' }, 'password', 'too_short', 1],
      [{ username: 'ada', password: 'x'.repeat(1025) }, 'password', 'too_long', 1024],
      [{ username: 'ada', password: PASSWORD, rememberMe: 'yes' }, 'rememberMe', 'wrong_type'],
      [{ username: 'ada', password: PASSWORD, admin: true }, 'admin', 'unknown_field'],
      [[], '', 'wrong_type'],
      [[{ username: 'ada', password: PASSWORD }], '', 'wrong_type'],
    ])('are rejected before any query or hash: %j', async (body, path, code, limit) => {
      app.singleProcess('bcrypt is counted');
      const answer = await logIn(body);
      expectError(answer, 'validation_failed', {
        issues: expect.arrayContaining([issue(path, code, limit)]),
      });
      expect(bcrypt.compare).not.toHaveBeenCalled();
    });

    it('are rejected with a prototype in the body', async () => {
      const body = `{"__proto__":{"username":"${account.username}"},"password":"${PASSWORD}"}`;
      const answer = await app.agent().post('/users/login').type('json').send(body);
      expectError(answer, 'validation_failed', { issues: [expect.objectContaining({ path: '__proto__' })] });
    });

    it.each(['null', '"text"', '1', 'true'])('are rejected with the body %s', async (body) => {
      expectError(await app.agent().post('/users/login').type('json').send(body), 'malformed_json');
    });

    it('are rejected with credentials in the URL, on every route, with and without a body', async () => {
      const query = { username: account.username, password: account.password };
      expectError(await app.agent().post('/users/login').query(query), 'credentials_in_query');
      expectError(
        await app.agent().post('/users/login').query({ password: 'x' }).send(account),
        'credentials_in_query',
      );
      expectError(await app.agent().get('/users/protected').query({ username: 'ada' }), 'credentials_in_query');
      for (const name of [
        'password[]',
        'PASSWORD',
        'username[$ne]',
        'user[password]',
        'user.newPassword',
        'a[b][username]',
      ]) {
        expectError(await app.agent().post(`/users/login?${name}=x`).send(account), 'credentials_in_query');
      }
      await app.agent().get('/posts?limit=1').expect(200);
      expect(JSON.stringify(await app.allLogs())).not.toContain(account.password);
    });

    it('are rejected as forms or text, as is a sign-out', async () => {
      const send = (path: string) => app.agent().post(path);
      expectError(
        await send('/users/login')
          .type('form')
          .send({ ...account }),
        'unsupported_media_type',
      );
      expectError(await send('/users/login').type('text').send(JSON.stringify(account)), 'unsupported_media_type');
      expectError(await send('/users/login').field('username', account.username), 'unsupported_media_type');
      expectError(
        await send('/users/signup')
          .type('form')
          .send({ ...account }),
        'unsupported_media_type',
      );
      expectError(await send('/users/logout').type('form').send('x=1'), 'unsupported_media_type');
    });
  });
});

/** The parts of a response that are the same for every request. */
function withoutRequest({ status, text, headers }: { status: number; text: string; headers: Record<string, string> }) {
  const { date: _, 'x-request-id': id, ...rest } = headers;
  return { status, text: text.replace(String(id), 'ID'), headers: rest };
}

describe('signing in with an email address', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const logIn = (body: object) => app.agent().post('/users/login').send(body);

  async function accountWith(email: string, on = app): Promise<Credentials> {
    const account = await signUp(on);
    await verifyEmail(on, account, email);
    return account;
  }

  it('accepts a verified address in any spelling', async () => {
    const { username, password } = await accountWith('Ada@Example.com');
    for (const email of ['Ada@Example.com', ' ada@EXAMPLE.COM ', 'ADA@ｅｘａｍｐｌｅ.com']) {
      const { body } = await logIn({ email, password }).expect(200);
      expect(body.User.userName).toBe(username);
    }
  });

  it('responds alike, byte by byte, to unknown, unverified and reserved addresses and to a wrong password', async () => {
    const { password } = await accountWith('known@example.com');
    await signUp(app, { email: 'unverified@example.com' } as object);
    await accountWith('reserved@example.com');
    const until = new Date(Date.now() + 60_000);
    await app.db
      .collection<{ _id: string }>('addresses')
      .updateOne({ _id: 'reserved@example.com' }, { $set: { until } });
    const attempts = [
      { email: 'known@example.com', password: 'not the password' },
      ...['nobody', 'unverified', 'reserved'].map((name) => ({ email: `${name}@example.com`, password })),
    ];
    for (const attempt of attempts) {
      const answer = await logIn(attempt);
      expectError(answer, 'invalid_credentials');
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  it('treats a username that looks like an address as a username', async () => {
    const { password } = await accountWith('owner@example.com');
    await signUp(app, { username: 'owner@example.com', password: 'the password of a shadow' });
    expectError(
      await logIn({ email: 'owner@example.com', password: 'the password of a shadow' }),
      'invalid_credentials',
    );
    await logIn({ username: 'owner@example.com', password: 'the password of a shadow' }).expect(200);
    await logIn({ email: 'owner@example.com', password }).expect(200);
  });

  it('counts attempts by the normal form of the address, known or not', async () => {
    const limited = await startTestApp({ LOGIN_FREE_FAILURES: '2' });
    const { password } = await accountWith('known@example.com', limited);
    const attempt = (email: string, typed = 'not the password') =>
      limited.agent().post('/users/login').send({ email, password: typed });
    for (const email of ['known@example.com', 'unknown@example.com']) {
      expectError(await attempt(email), 'invalid_credentials');
      expectError(await attempt(email.toUpperCase()), 'invalid_credentials');
      await holdWaits(limited);
      expectError(await attempt(email), 'rate_limited');
    }
    expectError(await attempt('known@example.com', password), 'rate_limited');
    await limited.close();
  });

  it.each<[object, string, IssueCode, number?]>([
    [{ password: PASSWORD }, 'username', 'required'],
    [{ username: 'ada', email: 'ada@example.com', password: PASSWORD }, 'email', 'unknown_field'],
    [{ email: 'no address', password: PASSWORD }, 'email', 'not_well_formed'],
    [{ email: { $ne: null }, password: PASSWORD }, 'email', 'wrong_type'],
    [{ email: `${'a'.repeat(250)}@example.com`, password: PASSWORD }, 'email', 'too_long', 254],
  ])('accepts either a username or an address, and rejects %j', async (body, path, code, limit) => {
    expectError(await logIn(body), 'validation_failed', { issues: [issue(path, code, limit)] });
  });
});
