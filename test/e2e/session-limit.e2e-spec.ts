import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionView } from '../../src/sessions/devices/session.views.js';
import { signUp, type Credentials } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { signInDevice, signInDevices } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CAP = 5;
const RACERS = 20;

let app: TestApp;

const logIn = (account: Credentials, body: object = {}, cookie = '') =>
  supertest(app.url)
    .post('/users/login')
    .set('Cookie', cookie)
    .send({ ...account, ...body });

/** Concurrent sign-ins. On a busy machine they get 503 with Retry-After, so they try again. */
async function race(account: Credentials, cookie = ''): Promise<Response[]> {
  const insist = async (): Promise<Response> => {
    const answer = await logIn(account, {}, cookie);
    return answer.status === 503 ? insist() : answer;
  };
  return Promise.all(Array.from({ length: RACERS }, insist));
}

/** Has the account's record in a transaction of its own, so that no other can write to it. @returns what lets it go */
async function lock({ username }: Credentials): Promise<() => Promise<void>> {
  const session = app.db.client.startSession();
  session.startTransaction();
  await app.db.collection('users').updateOne({ username }, { $inc: { lock: 1 } }, { session });
  return async () => {
    await session.abortTransaction();
    await session.endSession();
  };
}

const devices = (account: Credentials, count: number) => signInDevices(app, account, count);

const isLive = async (cookie: string) =>
  (await supertest(app.url).get('/users/protected').set('Cookie', cookie)).status === 200;

async function liveOf(answers: Response[]): Promise<string[]> {
  const cookies = answers.map((answer) => setCookie(answer)!.pair);
  const live = await Promise.all(cookies.map((cookie) => isLive(cookie)));
  return cookies.filter((_, n) => live[n]);
}

const idsOf = (sessions: SessionView[]) => sessions.map(({ id }) => id).sort();

async function listed(cookie: string): Promise<SessionView[]> {
  return (await supertest(app.url).get('/sessions').set('Cookie', cookie).expect(200)).body.items;
}

describe('the session limit with evict_oldest', () => {
  beforeAll(async () => {
    app = await startTestApp({ SESSION_MAX_PER_USER: String(CAP) });
  });
  afterAll(() => app.close());

  it('revokes the oldest session, with the reason and an audit event', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP + 1);
    expectError(await all[0]!.get('/users/protected'), 'session_revoked', { reason: 'evicted' });
    for (const device of all.slice(1)) expect(await isLive(device.cookie)).toBe(true);
    const { body } = await all[CAP]!.get('/users/me/activity').expect(200);
    const evictions = body.items.filter(({ type }: { type: string }) => type === 'session_evicted');
    expect(evictions.map(({ sessionId }: { sessionId: string }) => sessionId)).toEqual([all[0]!.session.id]);
  });

  it(`leaves exactly ${CAP} active of ${RACERS} concurrent sign-ins`, async () => {
    const account = await signUp(app);
    const answers = await race(account);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => setCookie(answer)!.pair)).size).toBe(RACERS);
    const live = await liveOf(answers);
    expect(live.length).toBeLessThanOrEqual(CAP);
    expect(await listed(live[0]!)).toHaveLength(CAP);
  });

  it(`gives ${RACERS} concurrent sign-ins with one cookie a session each, and revokes the previous one`, async () => {
    const account = await signUp(app);
    const [first] = await devices(account, 1);
    const answers = await race(account, first!.cookie);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => setCookie(answer)!.pair)).size).toBe(RACERS);
    expectError(await first!.get('/users/protected'), 'session_revoked', { reason: 'replaced' });
    const live = await liveOf(answers);
    expect(live.length).toBeLessThanOrEqual(CAP);
    expect(await listed(live[0]!)).toHaveLength(CAP);
  });

  it('does not revoke the newest session after the clock was set back', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    const createdAt = new Date(Date.now() + 2 * 3_600_000);
    for (const { storedId } of all) await app.sessions.change(storedId, { createdAt });
    const [newest, next] = await devices(account, 2);
    for (const { cookie } of [newest!, next!]) expect(await isLive(cookie)).toBe(true);
    expect(await listed(next!.cookie)).toHaveLength(CAP);
  });

  it('counts a browser that signs in again once', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    await logIn(account, {}, all[CAP - 1]!.cookie).expect(200);
    expect(await isLive(all[0]!.cookie)).toBe(true);
  });

  it('does not count ended sessions', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    await all[2]!.post('/users/logout').expect(200);
    await signInDevice(app, account);
    expect(await isLive(all[0]!.cookie)).toBe(true);
  });
});

describe('the session limit with refuse', () => {
  beforeAll(async () => {
    app = await startTestApp({ SESSION_MAX_PER_USER: String(CAP), SESSION_CAP_POLICY: 'refuse' });
  });
  afterAll(() => app.close());

  it('responds 409 after the right password, with the sessions to choose from and no cookie', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    const answer = await logIn(account);
    const { body } = answer;
    expectError(answer, 'session_limit_reached', { sessions: body.sessions });
    expect(answer.headers['set-cookie']).toBeUndefined();
    const sessions = all.map(({ session }) => ({ ...session, current: false }));
    expect(body.sessions).toEqual(expect.arrayContaining(sessions));
    expect(body.sessions).toHaveLength(CAP);
    for (const device of all) expect(await isLive(device.cookie)).toBe(true);
    expectError(await logIn({ ...account, password: 'wrong' }), 'invalid_credentials');
  });

  it(`accepts exactly ${CAP} of ${RACERS} concurrent sign-ins, and responds 409 to the rest`, async () => {
    const account = await signUp(app);
    const answers = await race(account);
    const [accepted, refused] = [200, 409].map((code) => answers.filter(({ status }) => status === code));
    expect(accepted!.length + refused!.length).toBe(RACERS);
    expect(accepted!.length).toBeLessThanOrEqual(CAP);
    const live = await liveOf(accepted!);
    expect(live).toHaveLength(accepted!.length);
    const ids = idsOf(await listed(live[0]!));
    expect(ids).toHaveLength(CAP);
    for (const answer of refused!) expect(idsOf(answer.body.sessions)).toEqual(ids);
  });

  it.each([
    ['', (id: string) => id],
    [', in upper case', (id: string) => id.toUpperCase()],
  ])('accepts a sign-in that names one of the sessions to end%s', async (_, named) => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    const { body } = await logIn(account).expect(409);
    const chosen = all.find(({ session }) => session.id === body.sessions[0].id)!;
    await logIn(account, { endSession: named(chosen.session.id) }).expect(200);
    expectError(await chosen.get('/users/protected'), 'session_revoked', { reason: 'revoked' });
    await logIn(account).expect(409);
  });

  it('rejects a sign-in that names a session of another account', async () => {
    const [account, other] = [await signUp(app), await signUp(app)];
    await devices(account, CAP);
    const strange = await signInDevice(app, other);
    await logIn(account, { endSession: strange.session.id }).expect(409);
    expect(await isLive(strange.cookie)).toBe(true);
    await logIn(account, { endSession: 'not-an-id' }).expect(400);
  });

  it('does not count the previous session of the browser', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    await logIn(account, {}, all[0]!.cookie).expect(200);
    expectError(await all[0]!.get('/users/protected'), 'session_revoked', { reason: 'replaced' });
    const { body } = await logIn(account, { endSession: all[1]!.session.id }, all[1]!.cookie).expect(200);
    expect(body.session.current).toBe(true);
    expectError(await logIn(account), 'session_limit_reached', { sessions: expect.any(Array) });
  });

  it('allows a password change and a re-authentication at the limit', async () => {
    const account = await signUp(app);
    const all = await devices(account, CAP);
    await all[0]!.post('/sessions/current/reauthentication', { password: account.password }).expect(200);
    const passwords = { currentPassword: account.password, newPassword: 'another good horse battery' };
    const { body } = await all[1]!.put('/users/me/password', passwords).expect(200);
    expect(body.revokedSessions).toBe(CAP - 1);
  });
});

describe('the session limit with refuse, while another sign-in of the account hangs', () => {
  beforeAll(async () => {
    app = await startTestApp({ SESSION_CAP_POLICY: 'refuse', HASH_MAX_WAIT: '1s' });
  });
  afterAll(() => app.close());

  it('responds overloaded to the next one, not database_unavailable', async () => {
    app.singleProcess('the line is in its memory');
    const account = await signUp(app);
    const release = await lock(account);
    const answers = await Promise.all([logIn(account), logIn(account)]);
    await release();
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['database_unavailable', 'overloaded']));
  });
});
