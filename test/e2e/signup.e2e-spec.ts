import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../src/errors/app.error.js';
import { freshUsername, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('signing up', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const post = (body: object) => app.agent().post('/users/signup').send(body);
  const countUsers = () => app.db.collection('users').countDocuments();

  it('creates an account and returns its id and canonical username, without signing in', async () => {
    const username = freshUsername();
    const sessions = await app.sessions.all();
    const answer = await post({ username: `  ${username.toUpperCase()} `, password: PASSWORD }).expect(201);
    expect(answer.body).toEqual({
      msg: 'User successfully registered',
      userId: expect.stringMatching(/^[0-9a-f]{24}$/),
      userName: username,
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await app.sessions.all()).toHaveLength(sessions.length);
  });

  it('stores the canonical username and a hash with its scheme, and not the password', async () => {
    const { username, password } = await signUp(app);
    const stored = await app.db.collection('users').findOne({ username });
    const known = ['_id', 'createdAt', 'credentialVersion', 'passwordHash', 'roles', 'updatedAt', 'username'];
    expect(Object.keys(stored!).sort()).toEqual(known);
    expect(stored!.passwordHash).toMatch(/^bcrypt-hmac-sha384::\$2b\$/);
    expect(JSON.stringify(stored)).not.toContain(password);
  });

  it('stores an email address and shows it to its owner', async () => {
    const account = await signUp(app, { email: 'ada@example.com' } as object);
    const agent = await signIn(app, { username: account.username, password: account.password });
    const { body } = await agent.get('/users/me').expect(200);
    expect(body).toMatchObject({ userName: account.username, email: 'ada@example.com', roles: ['user'] });
  });

  it('gives a username to exactly one of 50 parallel sign-ups, in any case and width', async () => {
    const base = `race${Date.now()}`;
    const wide = base.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0));
    const spellings = [base, base.toUpperCase(), wide, ` ${base}`, wide.toUpperCase()];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => post({ username: spellings[n % spellings.length], password: PASSWORD })),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(49);
    for (const answer of refused) expectError(answer, 'username_taken');
    expect(await app.db.collection('users').countDocuments({ username: base })).toBe(1);
  });

  it.each([
    [{}, [issue('username', 'required'), issue('password', 'required')]],
    [{ username: 'ada-1' }, [issue('password', 'required')]],
    [{ username: 'ada-1', password: 1 }, [issue('password', 'wrong_type')]],
    [{ username: { $ne: null }, password: PASSWORD }, [issue('username', 'wrong_type')]],
    [{ username: ['ada-1'], password: PASSWORD }, [issue('username', 'wrong_type')]],
    [{ username: 'ada-1', password: PASSWORD, roles: ['admin'] }, [issue('roles', 'unknown_field')]],
    [{ username: 'ada-1', password: PASSWORD, email: 'no address' }, [issue('email', 'not_well_formed')]],
    [{ username: 'ab', password: PASSWORD }, [issue('username', 'too_short', 3)]],
    [{ username: 'x'.repeat(65), password: PASSWORD }, [issue('username', 'too_long', 64)]],
    [{ username: 'x'.repeat(2000), password: PASSWORD }, [issue('username', 'too_long', 64)]],
    [{ username: 'ada lovelace', password: PASSWORD }, [issue('username', 'bad_characters')]],
    [{ username: 'ada-1', password: '1234567' }, [issue('password', 'too_short', 8)]],
    [{ username: 'ada-1', password: 'x'.repeat(257) }, [issue('password', 'too_long', 256)]],
    [{ username: 'ada-1', password: 'x'.repeat(5000) }, [issue('password', 'too_long', 256)]],
    [{ username: 'ada-1', password: 'password1' }, [issue('password', 'common_password')]],
    [{ username: 'ada-lovelace', password: 'Ada-Lovelace' }, [issue('password', 'equals_username')]],
    [{ username: '!', password: '!' }, [issue('username', 'too_short', 3), issue('password', 'too_short', 8)]],
    [
      { username: 'ada lovelace', password: 'password1', email: 'no address', roles: ['admin'] },
      [
        issue('username', 'bad_characters'),
        issue('password', 'common_password'),
        issue('email', 'not_well_formed'),
        issue('roles', 'unknown_field'),
      ],
    ],
    [{ username: 1, password: '1234567' }, [issue('username', 'wrong_type'), issue('password', 'too_short', 8)]],
  ])('rejects %j with an issue', async (body, issues) => {
    const before = await countUsers();
    expectError(await post(body), 'validation_failed', { issues });
    expect(await countUsers()).toBe(before);
  });

  it('rejects a lone surrogate in a username and in a password', async () => {
    for (const field of ['username', 'password']) {
      const body = JSON.stringify({ username: 'ada-1', password: PASSWORD, [field]: 'long enough' });
      const answer = await app
        .agent()
        .post('/users/signup')
        .type('json')
        .send(body.replace('long enough', 'long-enough\\ud800'));
      expectError(answer, 'validation_failed', { issues: [issue(field, 'not_well_formed')] });
    }
  });

  it('rejects a prototype in the body', async () => {
    const body = `{"username":"ada-1","password":"${PASSWORD}","__proto__":{"roles":["admin"]}}`;
    const answer = await app.agent().post('/users/signup').type('json').send(body);
    expectError(answer, 'validation_failed', { issues: [issue('__proto__', 'unknown_field')] });
  });

  it('counts every character of a password: 18 emoji and 19 are two passwords', async () => {
    const account = await signUp(app, { password: '😀'.repeat(18) });
    expectError(
      await app
        .agent()
        .post('/users/login')
        .send({ username: account.username, password: '😀'.repeat(19) }),
      'invalid_credentials',
    );
    await signIn(app, account);
  });

  it('accepts a password of 256 code points, typed decomposed and composed at the next sign-in', async () => {
    const account = await signUp(app, { password: 'o\u0302\u0301'.repeat(256) });
    await signIn(app, account);
    const agent = await signIn(app, { ...account, password: '\u1ed1'.repeat(256) });
    expect((await agent.get('/users/protected')).body.userName).toBe(account.username);
  });
});
