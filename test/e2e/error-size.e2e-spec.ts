import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../../src/errors/app.error.js';
import { freshUsername, PASSWORD, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LARGEST = 16 * 1024;
const MANY = 5_000;

describe('the size of an error', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ SESSION_MAX_PER_USER: '60', SESSION_CAP_POLICY: 'refuse' });
  });
  afterAll(() => app.close());

  const post = (path: string, body: object) => app.agent().post(path).send(body);

  it('is bounded with 59 KB of unknown fields', async () => {
    const body = Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`key${index}`, 1]));
    const answer = await post('/users/signup', body);
    expect(answer.body).toMatchObject({ code: 'validation_failed' });
    expect(answer.body.issues).toHaveLength(20);
    expect(answer.body.issues.slice(0, 2)).toEqual([issue('username', 'required'), issue('password', 'required')]);
    expect(answer.text.length).toBeLessThan(LARGEST);
  });

  it('is bounded with many parameters', async () => {
    const query = Array.from({ length: 900 }, (_, index) => `p${index}=1`).join('&');
    const answer = await app.agent().get(`/posts?${query}`);
    expect(answer.body.issues).toHaveLength(20);
  });

  it('is bounded when the session limit lists the sessions to choose from', async () => {
    const account = await signUp(app);
    const signIn = () => app.agent().post('/users/login').set('User-Agent', 'x'.repeat(512)).send(account);
    const first = await signIn();
    for (let session = 1; session < 60; session += 1) await signIn();
    const answer = await signIn();
    expect(answer.body).toMatchObject({ statusCode: 409, code: 'session_limit_reached' });
    expect(answer.text.length).toBeLessThan(LARGEST);
    const { sessions } = answer.body as { sessions: { id: string }[] };
    expect(sessions.length).toBeGreaterThan(10);
    expect(sessions.at(-1)!.id).toBe(first.body.session.id);
    const again = await post('/users/login', { ...account, endSession: sessions.at(-1)!.id });
    expect(again.status).toBe(200);
  });
});

describe('limit', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it.each([
    [{ username: 'ab' }, issue('username', 'too_short', 3)],
    [{ username: 'x'.repeat(65) }, issue('username', 'too_long', 64)],
    [{ username: 'x'.repeat(20_000) }, issue('username', 'too_long', 64)],
    [{ password: 'short' }, issue('password', 'too_short', 8)],
    [{ password: 'x'.repeat(20_000) }, issue('password', 'too_long', 256)],
  ])('is the length that %j violates', async (wrong, problem) => {
    const body = { username: freshUsername(), password: PASSWORD, ...wrong };
    const answer = await app.agent().post('/users/signup').send(body);
    expectError(answer, 'validation_failed', { issues: [problem] });
  });

  it.each([
    ['0', 1],
    ['-1', 1],
    ['101', 100],
  ])('is the number that ?limit=%s violates', async (limit, bound) => {
    const answer = await app.agent().get(`/posts?limit=${limit}`);
    expectError(answer, 'validation_failed', { issues: [issue('limit', 'out_of_range', bound)] });
  });
});
