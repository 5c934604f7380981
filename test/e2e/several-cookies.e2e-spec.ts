import { sign } from 'cookie-signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp, type Credentials } from '../support/accounts.js';
import { holdWaits } from '../support/backoff.js';
import { setCookie } from '../support/cookies.js';
import { signInDevice, signInDevices, type Device } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';

/** What another app of the host, or of its parent domain, may have set under the same name. */
const FOREIGN = [
  'left-by-another-app',
  '',
  's%3Aforged.signature',
  `s%3A${encodeURIComponent(sign('x'.repeat(32), 'the secret of another app, long enough'))}`,
  encodeURIComponent(`s:${sign('an-id-that-nobody-has', TEST_SECRET)}`),
  '"quoted"',
  '%',
];

/**
 * Several cookies of one name: the one with a valid signature counts, and of several such the one of an active session.
 * @see https://github.com/expressjs/session/issues/1010
 * @see https://github.com/arXiv/arxiv-auth/issues/62
 */
describe('several cookies of one name', () => {
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    app = await startTestApp({ LOGIN_FREE_FAILURES: '1' });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  const request = (method: 'get' | 'post' | 'delete', path: string, ...cookies: string[]) =>
    app.agent()[method](path).set('Cookie', cookies.join('; '));
  const statusOf = async ({ cookie }: Pick<Device, 'cookie'>) =>
    (await request('get', '/users/protected', cookie)).status;

  describe.each(FOREIGN)('the session cookie beside sid=%s', (value) => {
    it('is read before it and after it', async () => {
      const { cookie } = await signInDevice(app, account);
      expect((await request('get', '/users/protected', `sid=${value}`, cookie)).status).toBe(200);
      expect((await request('get', '/users/protected', cookie, `sid=${value}`)).status).toBe(200);
    });

    it('is revoked and cleared by a sign-out', async () => {
      const device = await signInDevice(app, account);
      const answer = await request('post', '/users/logout', `sid=${value}`, device.cookie).expect(200);
      expect(answer.headers['set-cookie']?.[0]).toMatch(/^sid=;/);
      expect(await statusOf(device)).toBe(401);
    });
  });

  it('the active session is used if several cookies are signed', async () => {
    const [ended, active] = [await signInDevice(app, account), await signInDevice(app, account)];
    await ended.post('/users/logout').expect(200);
    for (const cookies of [
      [ended.cookie, active.cookie],
      [active.cookie, ended.cookie],
    ]) {
      const { body } = await request('get', '/sessions/current', ...cookies).expect(200);
      expect(body.id).toBe(active.session.id);
    }
    await request('delete', '/sessions/current', ended.cookie, active.cookie).expect(204);
    expect(await statusOf(active)).toBe(401);
  });

  it('a sign-out revokes every session of the browser', async () => {
    const devices = [await signInDevice(app, account), await signInDevice(app, account)];
    await request('post', '/users/logout', ...devices.map(({ cookie }) => cookie)).expect(200);
    expect(await Promise.all(devices.map(statusOf))).toEqual([401, 401]);
  });

  it('ten signed cookies are read, by requests and by a sign-out', async () => {
    const devices = await signInDevices(app, account, 10);
    const cookies = devices.map(({ cookie }) => cookie);
    for (const device of devices.slice(0, 8)) await device.post('/users/logout').expect(200);
    const { body } = await request('get', '/sessions/current', ...cookies).expect(200);
    expect(body.id).toBe(devices[8]!.session.id);
    await request('post', '/users/logout', ...cookies).expect(200);
    expect(await Promise.all(devices.map(statusOf))).toEqual(Array(10).fill(401));
  });

  it('a sign-in replaces the active session', async () => {
    const device = await signInDevice(app, account);
    await signInDevice(app, account, { headers: { Cookie: `sid=${FOREIGN[0]}; ${device.cookie}` } });
    const refused = await request('get', '/users/protected', device.cookie);
    expectError(refused, 'session_revoked', { reason: 'replaced' });
  });

  it('lead to the reason of an ended session, or to session_invalid', async () => {
    const device = await signInDevice(app, account);
    await device.post('/users/logout').expect(200);
    const ended = await request('get', '/users/protected', 'sid=left-by-another-app', device.cookie);
    expectError(ended, 'session_revoked', { reason: 'logged_out' });
    const forged = await request('get', '/users/protected', 'sid=one', 'sid=another');
    expectError(forged, 'session_invalid');
  });

  it('the device cookie is found among others: the owner signs in while other clients wait', async () => {
    const answer = await app.agent().post('/users/login').send(account).expect(200);
    const device = setCookie(answer, 'device')!.pair;
    await app
      .agent()
      .post('/users/login')
      .send({ ...account, password: 'not the password' });
    await holdWaits(app);
    const logIn = (cookie: string) => app.agent().post('/users/login').set('Cookie', cookie).send(account);
    expectError(await logIn('device=left-by-another-app'), 'rate_limited');
    expect((await logIn(`device=left-by-another-app; ${device}`)).status).toBe(200);
  });
});
