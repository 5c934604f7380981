import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type TestAgent from 'supertest/lib/agent.js';
import { UsersService } from '../../src/users/users.service.js';
import { freshUsername, PASSWORD, signIn, signUp, type Credentials } from '../support/accounts.js';
import { holdWaits } from '../support/backoff.js';
import { sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CANARY = 'canary-7f3a9c-password';

describe('logs', () => {
  let app: TestApp;
  let owner: Credentials;
  let agent: TestAgent;
  beforeAll(async () => {
    app = await startTestApp({ LOGIN_FREE_FAILURES: '2', TRUST_PROXY: '1' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    owner = await signUp(app);
    agent = await signIn(app, owner);
  });

  /** The log lines of a step, without request lines and lines of a single process. */
  async function linesOf(step: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
    const { length } = await app.allLogs();
    await step();
    await new Promise(setImmediate);
    return (await app.allLogs()).slice(length).filter(({ event, level }) => event !== 'request' && level !== 'debug');
  }
  const login = () => app.agent().post('/users/login').send(owner);
  const wrong = () =>
    app
      .agent()
      .post('/users/login')
      .send({ ...owner, password: 'not the password' });

  it.each<[string, string, () => Promise<unknown>]>([
    ['user_created', 'info', () => signUp(app)],
    ['authn_login_success', 'info', () => signIn(app, owner)],
    ['authn_login_fail', 'warn', () => wrong().expect(401)],
    [
      'authn_login_fail',
      'warn',
      () => app.agent().post('/users/login').send({ username: 'nobody', password: 'x' }).expect(401),
    ],
    ['session_expired', 'info', () => agent.post('/users/logout').expect(200)],
    [
      'session_renewed',
      'info',
      () => agent.post('/sessions/current/reauthentication').send({ password: PASSWORD }).expect(200),
    ],
    [
      'authn_login_fail',
      'warn',
      () => agent.post('/sessions/current/reauthentication').send({ password: 'x' }).expect(403),
    ],
    [
      'authn_password_change',
      'info',
      () =>
        agent
          .put('/users/me/password')
          .send({ currentPassword: PASSWORD, newPassword: 'another good one' })
          .expect(200),
    ],
    [
      'authn_password_change_fail',
      'warn',
      () => agent.put('/users/me/password').send({ currentPassword: 'x', newPassword: 'another good one' }).expect(403),
    ],
    ['user_deleted', 'info', () => agent.delete('/users/me').expect(204)],
    ['authz_fail', 'warn', () => app.agent().get('/users/me').expect(401)],
    ['authz_fail', 'warn', () => app.agent().get('/users/me').set('Cookie', 'sid=s%3Aforged.forged').expect(401)],
    ['malicious_cors', 'warn', () => agent.post('/users/logout').set('Sec-Fetch-Site', 'cross-site').expect(403)],
    [
      'input_validation_fail',
      'warn',
      () =>
        app
          .agent()
          .post('/users/login')
          .send({ username: { $ne: null } })
          .expect(400),
    ],
    ['input_validation_fail', 'warn', () => app.agent().post('/users/login').type('json').send('{').expect(400)],
    ['input_validation_fail', 'warn', () => app.agent().post('/users/login').type('form').send('a=b').expect(415)],
    ['input_validation_fail', 'warn', () => app.agent().post('/users/login?password=x').expect(400)],
  ])('report %s (%s) in exactly one line, with request id and IP address', async (event, level, step) => {
    const lines = await linesOf(step);
    expect(lines).toEqual([
      expect.objectContaining({
        event,
        level,
        ip: '127.0.0.1',
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        time: expect.stringMatching(/Z$/),
        message: expect.any(String),
      }),
    ]);
  });

  it('identify the account by its id, and have the IP address behind the proxy', async () => {
    const { _id } = (await app.db.collection('users').findOne({ username: owner.username }))!;
    const lines = await linesOf(() => wrong().set('X-Forwarded-For', '203.0.113.9').expect(401));
    expect(lines).toEqual([expect.objectContaining({ userId: String(_id), ip: '203.0.113.9' })]);
  });

  it.each<[string, string, (n: number) => Promise<{ status: number }>]>([
    [
      'step-ups',
      'session_renewed',
      () => agent.post('/sessions/current/reauthentication').send({ password: PASSWORD }),
    ],
    [
      'changes of the password',
      'authn_password_change',
      (n) => agent.put('/users/me/password').send({ currentPassword: PASSWORD, newPassword: `another good one ${n}` }),
    ],
  ])('report only the successful one of racing %s', async (_, event, act) => {
    let statuses: number[] = [];
    const lines = await linesOf(async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, (_none, n) => act(n)));
      statuses = answers.map(({ status }) => status);
    });
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(lines.filter((line) => line.event === event)).toHaveLength(1);
  });

  it('report once an account that two requests delete at the same time', async () => {
    app.singleProcess('its service is held up');
    const users = app.app.get(UsersService, { strict: false });
    const [other, remove] = [await signIn(app, owner), users.remove.bind(users)];
    vi.spyOn(users, 'remove').mockImplementationOnce(async (...given) => {
      await other.delete('/users/me').expect(204);
      return remove(...given);
    });
    const lines = await linesOf(() => agent.delete('/users/me').expect(204));
    expect(lines).toEqual([expect.objectContaining({ event: 'user_deleted' })]);
  });

  it('report the use of an ended session', async () => {
    const [, sid = ''] = /(sid=[^;]+)/.exec(String((await login()).headers['set-cookie'])) ?? [];
    await app.agent().post('/users/logout').set('Cookie', sid).expect(200);
    const lines = await linesOf(() => app.agent().get('/users/me').set('Cookie', sid).expect(401));
    expect(lines).toEqual([expect.objectContaining({ event: 'session_use_after_expire', reason: 'logged_out' })]);
  });

  it('report an account without free failures', async () => {
    await wrong().expect(401);
    await wrong().expect(401);
    await holdWaits(app);
    const lines = await linesOf(() => wrong().expect(429));
    expect(lines).toEqual([expect.objectContaining({ event: 'authn_login_fail_max', code: 'rate_limited' })]);
  });

  it('never contain input: usernames, passwords, cookies, URLs, bodies', async () => {
    const typed = { username: `${CANARY}\n{"level":"fatal"}\u001b[31m`, password: CANARY };
    const { headers } = await login();
    const cookies = [...String(headers['set-cookie']).matchAll(/((?:sid|device)=[^;]+)/g)].map(([, cookie]) => cookie!);
    await app.agent().post('/users/login').send(typed).expect(401);
    await app
      .agent()
      .post('/users/login')
      .send({ ...owner, password: CANARY })
      .expect(401);
    await app.agent().post('/users/signup').send({ username: freshUsername(), password: CANARY }).expect(201);
    await app
      .agent()
      .post('/users/signup')
      .send({ username: CANARY, password: 'short', [CANARY]: CANARY })
      .expect(400);
    await app.agent().post('/users/login').type('json').send(`{"password":"${CANARY}"`).expect(400);
    await app.agent().get(`/${CANARY}?password=${CANARY}`).expect(400);
    await app
      .agent()
      .get(`/${CANARY}`)
      .set({ Cookie: `sid=s:${CANARY}`, Authorization: CANARY, 'User-Agent': CANARY })
      .expect(404);
    await app.agent().get('/users/me').set('Cookie', cookies.join('; ')).expect(200);
    const secrets = cookies.map(
      (cookie) =>
        decodeURIComponent(cookie)
          .replace(/^\w+=(s:)?/, '')
          .split('.')[0]!,
    );
    expect(secrets).toHaveLength(2);
    const text = JSON.stringify(await app.allLogs());
    for (const secret of [CANARY, PASSWORD, ...secrets]) expect(text).not.toContain(secret);
  });

  it('report no error for an interrupted body', async () => {
    app.singleProcess('its server tells when a request has come');
    const lines = await linesOf(async () => {
      const request = once(app.app.getHttpServer(), 'request');
      const ended = app.logs.length;
      const socket = sendText(
        app,
        'POST /users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"user',
      );
      await request;
      socket.destroy();
      await expect
        .poll(() => app.logs.slice(ended).find(({ event }) => event === 'request'))
        .toMatchObject({ status: 'aborted' });
    });
    expect(lines).toEqual([]);
  });
});
