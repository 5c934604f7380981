import { sign } from 'cookie-signature';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveKeys } from '../../src/keys/derived-keys.js';
import { PASSWORD, signUp } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { expectError } from '../support/expect-error.js';
import { firstStep, SECOND_STEP, signUpWithSecondFactor, wrongCode } from '../support/second-factor.js';
import { startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';

describe('keys of SESSION_SECRETS', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const cookieOf = (value: string) => `sid=${encodeURIComponent(`s:${value}`)}`;

  it('never produce an id of counted attempts that is the signature of a session cookie', async () => {
    const id = 'a-session-id-of-ones-choice';
    await app.agent().post('/users/login').send({ username: id, password: PASSWORD });
    const attempts = await app.db.collection<{ _id: string }>('login_attempts').find().toArray();
    const stored = attempts.map(({ _id }) => _id.split(':').at(-1)!);
    expect(stored).toHaveLength(1);
    const signature = sign(id, TEST_SECRET).slice(id.length + 1);
    const known = stored.map((text) => Buffer.from(text, 'base64url').toString('base64').replace(/=+$/, ''));
    expect(known).not.toContain(signature);
  });

  it('never produce an id of counted codes that is made with the key of session cookies', async () => {
    const account = await signUpWithSecondFactor(app);
    const continuation = await firstStep(app, account);
    await app
      .agent()
      .post(SECOND_STEP)
      .send({ continuation, code: wrongCode(account.secret) });
    const counted = app.db.collection<{ _id: string }>('login_attempts').find({ _id: /^code:/ });
    const stored = (await counted.toArray()).map(({ _id }) => _id);
    expect(stored).toHaveLength(1);
    const user = await app.db.collection('users').findOne({ username: account.username });
    const name = `${user!._id.toHexString()}:wrongCodes.others`;
    const idBy = (key: string | Buffer) => `code:${createHmac('sha256', key).update(name).digest('base64url')}`;
    expect(stored).toEqual([idBy(deriveKeys([TEST_SECRET], 'code-attempts/v1')[0]!.key)]);
    expect(stored).not.toContain(idBy(TEST_SECRET));
  });

  it('sign device cookies with a derived key that signs no session cookie', async () => {
    const answer = await app
      .agent()
      .post('/users/login')
      .send(await signUp(app));
    const value = decodeURIComponent(setCookie(answer, 'device')!.pair.slice('device='.length));
    const [, content = '', signature = ''] = /^(.*)\.([^.]+)$/.exec(value)!;
    for (const key of [TEST_SECRET, `device-cookie/v1:${TEST_SECRET}`, `device:${TEST_SECRET}`]) {
      const guessed = createHmac('sha256', key).update(content);
      expect(guessed.digest('base64url')).not.toBe(signature.replaceAll('+', '-').replaceAll('/', '_'));
    }
    expectError(await app.agent().get('/users/me').set('Cookie', cookieOf(value)), 'session_invalid');
  });

  it('sign the session cookie as express-session does, so that existing sessions stay valid', async () => {
    const answer = await app
      .agent()
      .post('/users/login')
      .send(await signUp(app));
    const { pair, secretId } = setCookie(answer)!;
    expect(decodeURIComponent(pair)).toBe(`sid=s:${sign(secretId, TEST_SECRET)}`);
  });
});
