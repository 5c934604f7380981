import supertest, { type Response } from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REVOCATION_REASONS } from '../../src/errors/error-codes.js';
import { freshUsername, PASSWORD, signUp } from '../support/accounts.js';
import { at, signInDevice, type Device } from '../support/devices.js';
import { ENDINGS, ENDINGS_CAP, sceneOf } from '../support/revocation-scenarios.js';
import { EventStream } from '../support/event-stream.js';
import { expectError } from '../support/expect-error.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { databaseUri, startTestApp, testSettings, type TestApp } from '../support/test-app.js';

describe('two processes on one database', () => {
  const settings = testSettings({
    SESSION_MAX_PER_USER: String(ENDINGS_CAP),
    LOG_LEVEL: 'info',
    // The backoff would reject some of the correct passwords that race to several processes.
    LOGIN_FREE_FAILURES: '100',
  });
  let a: AppProcess;
  let b: AppProcess;
  /** A third process, this one: operators' commands run in one of their own. */
  let operator: TestApp;
  beforeAll(async () => {
    [a, b] = await Promise.all([startProcess(settings), startProcess(settings)]);
    operator = await startTestApp(settings);
  });
  afterAll(async () => {
    await Promise.all([a?.kill(), b?.kill()]);
    await operator?.close();
  });

  const scene = () => sceneOf(operator, a);
  const refusalOn = (there: { url: string }, device: Device) => at(there, device).get('/users/protected');

  it('are tested for every reason, except those of mail and second factors, which have tests of their own', () => {
    const elsewhere = ['password_reset', 'email_change_undone', 'second_factor_changed'];
    expect(new Set([...ENDINGS.map(({ reason }) => reason), ...elsewhere])).toEqual(new Set(REVOCATION_REASONS));
  });

  it('show the same session on both', async () => {
    const { victim } = await scene();
    const [onA, onB] = await Promise.all([a, b].map((there) => at(there, victim).get('/sessions/current').expect(200)));
    expect(onB!.body).toEqual(onA!.body);
  });

  it.each(ENDINGS)('$name on A: the next request on B is rejected with $reason', async ({ reason, end }) => {
    const now = await scene();
    await refusalOn(b, now.victim).expect(200);
    await end(now);
    expectError(await refusalOn(b, now.victim), 'session_revoked', { reason });
    expectError(await refusalOn(a, now.victim), 'session_revoked', { reason });
  });

  it.each(ENDINGS)('$name on A: an event stream on B gets $reason', async ({ reason, end }) => {
    const now = await scene();
    const stream = await EventStream.open(b, now.victim);
    await stream.received(': connected\n\n');
    await end(now);
    expect(await stream.ending()).toEqual({ code: 'session_revoked', reason });
  });

  it('both reject a session that has reached a deadline', async () => {
    const { victim, other } = await scene();
    const past = new Date(Date.now() - 1);
    await operator.sessions.change(victim.storedId, { idleExpiresAt: past });
    await operator.sessions.change(other.storedId, { absoluteExpiresAt: past });
    for (const there of [a, b]) {
      expectError(await refusalOn(there, victim), 'session_idle_timeout');
      expectError(await refusalOn(there, other), 'session_lifetime_exceeded');
    }
  });

  it('enforce the session limit together', async () => {
    const account = await signUp(operator);
    const signIns = Array.from({ length: 8 }, (_, n) => signInDevice(n % 2 === 0 ? a : b, account));
    const devices = await Promise.all(signIns);
    const statuses = await Promise.all(devices.map(async (device) => (await refusalOn(b, device)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(ENDINGS_CAP);
  });

  it('enforce it together with the policy refuse', async () => {
    const refusing = { ...settings, SESSION_CAP_POLICY: 'refuse' };
    const both = await Promise.all([startProcess(refusing), startProcess(refusing)]);
    try {
      const account = await signUp(operator);
      const signIns = Array.from({ length: 8 }, (_, n) =>
        supertest(both[n % 2]!.url)
          .post('/users/login')
          .send(account),
      );
      const answers = await Promise.all(signIns);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(ENDINGS_CAP);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(8 - ENDINGS_CAP);
      for (let round = 0; round < 10; round += 1) expect(await raceForOne(both)).toEqual([200, 409]);
    } finally {
      await Promise.all(both.map((each) => each.kill()));
    }
  });

  /** One sign-in at each, where an account has one place left. @returns the statuses, the lower first */
  async function raceForOne(both: { url: string }[]): Promise<number[]> {
    const account = await signUp(operator);
    for (let n = 1; n < ENDINGS_CAP; n += 1) await signInDevice(both[n % 2]!, account);
    const signIns = both.map(({ url }) => supertest(url).post('/users/login').send(account));
    return (await Promise.all(signIns)).map(({ status }) => status).sort((one, other) => one - other);
  }

  it('end their event streams when they stop, and exit with 0', async () => {
    const stopping = await startProcess(settings);
    const { victim } = await scene();
    const stream = await EventStream.open(stopping, victim);
    await stream.received(': connected\n\n');
    const exit = stopping.stop();
    expect(await stream.ending()).toBeUndefined();
    expect(await exit).toBe(0);
    await refusalOn(b, victim).expect(200);
  });
});

describe('two processes that are given a new secret and a new pepper one by one', () => {
  const MONGODB_URI = databaseUri();
  const [OLD, NEW] = ['1'.repeat(32), '2'.repeat(32)];
  const listing = (...secrets: string[]) =>
    testSettings({
      MONGODB_URI,
      SESSION_SECRETS: secrets.join(','),
      PASSWORD_PEPPERS: secrets.map((secret) => `p${secret[0]}:${secret}`).join(','),
    });
  let cleaner: TestApp;
  const running: AppProcess[] = [];
  beforeAll(async () => {
    cleaner = await startTestApp(listing(OLD));
  });
  afterEach(() => Promise.all(running.splice(0).map((each) => each.kill())));
  afterAll(() => cleaner?.close());

  async function start(...secrets: string[]): Promise<AppProcess> {
    const app = await startProcess(listing(...secrets));
    running.push(app);
    return app;
  }

  /** The responses of the other process to a session of the first, and to a sign-in with a password set on the first. */
  async function told(first: AppProcess, other: AppProcess): Promise<{ session: Response; signIn: Response }> {
    const account = { username: freshUsername(), password: PASSWORD };
    await supertest(first.url).post('/users/signup').send(account).expect(201);
    const device = await signInDevice(first, account);
    const session = await at(other, device).get('/users/protected');
    return { session, signIn: await supertest(other.url).post('/users/login').send(account) };
  }

  it.each([
    ['at the end of the list', [OLD], [OLD, NEW]],
    ['then in front', [OLD, NEW], [NEW, OLD]],
  ])('%s: each accepts what the other has signed and hashed', async (_, before, after) => {
    const [changed, unchanged] = [await start(...after), await start(...before)];
    for (const { session, signIn } of [await told(changed, unchanged), await told(unchanged, changed)]) {
      expect([session.status, signIn.status]).toEqual([200, 200]);
    }
  });

  it('first at once: the process without them rejects both', async () => {
    const [changed, unchanged] = [await start(NEW, OLD), await start(OLD)];
    const { session, signIn } = await told(changed, unchanged);
    expectError(session, 'session_invalid');
    expectError(signIn, 'invalid_credentials');
    const back = await told(unchanged, changed);
    expect([back.session.status, back.signIn.status]).toEqual([200, 200]);
  });
});
