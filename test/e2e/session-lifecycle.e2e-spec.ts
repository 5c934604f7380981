import type { NestExpressApplication } from '@nestjs/platform-express';
import { sign } from 'cookie-signature';
import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { EventEmitter, on as each, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RevocationReason } from '../../src/errors/error-codes.js';
import { requestContext } from '../../src/sessions/request-context.js';
import { SessionLoader } from '../../src/sessions/session.loader.js';
import { SessionsRepository } from '../../src/sessions/store/sessions.repository.js';
import { freshUsername, signUp, type Credentials } from '../support/accounts.js';
import { expectToLast, setCookie } from '../support/cookies.js';
import { storedIdOf } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { ask } from '../support/http.js';
import { repeats } from '../support/repetitions.js';
import { databaseUri, startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';

const MINUTE = 60_000;

/**
 * Routes that load the session, then wait until they are told to go on; one of them changes it and saves. And one that
 * shows whom a session read has brought.
 */
class InFlight {
  private readonly events = new EventEmitter().setMaxListeners(0);

  mount(nest: NestExpressApplication): void {
    const loader = nest.get(SessionLoader);
    const route = (writes: boolean) => (request: Request, response: Response, next: NextFunction) => {
      const run = async () => {
        await loader.load(request, response);
        const goOn = once(this.events, 'go-on');
        this.events.emit('arrived');
        await goOn;
        if (writes) Object.assign(request.session.passport!, { written: true });
        response.status(204).end();
      };
      run().catch(next);
    };
    // These routes come before the middleware of the app.
    nest.use('/test', requestContext);
    nest.use('/test/reads', route(false));
    nest.use('/test/writes', route(true));
    nest.use('/test/user', (request: Request, response: Response, next: NextFunction) => {
      loader.load(request, response).then(() => response.json(request.auth.session!.user), next);
    });
  }

  async arrived(requests = 1): Promise<void> {
    let left = requests;
    for await (const _ of each(this.events, 'arrived')) if (--left === 0) return;
  }

  goOn(): void {
    this.events.emit('go-on');
  }
}

describe('the session store', () => {
  const inFlight = new InFlight();
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    app = await startTestApp({}, { prepare: (nest) => inFlight.mount(nest) });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  const everything = async () => (await app.sessions.all()).sort((a, b) => (a._id < b._id ? -1 : 1));
  const show = (cookie: string, on = app) => on.agent().get('/users/protected').set('Cookie', cookie);
  const lastSeen = async (id: string) => (await app.sessions.find(id))!.lastSeenAt.getTime();
  const logOut = (cookie: string) => app.agent().post('/users/logout').set('Cookie', cookie).expect(200);

  async function logIn(extra: object = {}, cookie = '', on = app) {
    const answer = await on
      .agent()
      .post('/users/login')
      .set('Cookie', cookie)
      .send({ ...account, ...extra })
      .expect(200);
    const { pair, secretId } = setCookie(answer)!;
    return { cookie: pair, secretId, id: storedIdOf(secretId), publicId: answer.body.session.id as string };
  }

  const assertRevoked = async (cookie: string, reason: RevocationReason, on = app) =>
    expectError(await show(cookie, on), 'session_revoked', { reason });

  describe('at rest', () => {
    it('has the SHA-256 of the secret id, a separate public id, and both deadlines', async () => {
      const { secretId, id, publicId } = await logIn();
      const stored = (await app.sessions.find(id))!;
      expect(stored.publicId).toBe(publicId);
      expect(stored.idleExpiresAt.getTime()).toBe(stored.createdAt.getTime() + 7 * 24 * 60 * MINUTE);
      expect(stored.absoluteExpiresAt.getTime()).toBe(stored.createdAt.getTime() + 30 * 24 * 60 * MINUTE);
      expect(stored.session).toEqual({ passport: { user: stored.userId.toHexString() } });
      expect(JSON.stringify(await app.sessions.all())).not.toContain(secretId);
    });

    it('never shows the secret id in a response or a log line', async () => {
      const { cookie, secretId, id } = await logIn();
      const answers = [
        await app.agent().get('/users/me').set('Cookie', cookie),
        await show(cookie),
        await logOut(cookie),
        await show(cookie),
      ];
      for (const { text } of answers) {
        expect(text).not.toContain(secretId);
        expect(text).not.toContain(id);
      }
      expect(JSON.stringify(app.logs)).not.toContain(secretId);
    });

    it('is removed by MongoDB a day after it has ended', async () => {
      const { id } = await logIn();
      const { idleExpiresAt } = (await app.sessions.find(id))!;
      expect(await app.sessions.removedAt(id)).toEqual(new Date(idleExpiresAt.getTime() + 24 * 60 * MINUTE));
    });
  });

  describe('session fixation', () => {
    it('gets a new id at every sign-in, which revokes the previous session', async () => {
      const first = await logIn();
      const second = await logIn({}, first.cookie);
      expect(second.secretId).not.toBe(first.secretId);
      await assertRevoked(first.cookie, 'replaced');
      await show(second.cookie).expect(200);
    });

    it('gets an id of 192 random bits', async () => {
      const ids = (await Promise.all(Array.from({ length: 16 }, () => logIn()))).map(({ secretId }) => secretId);
      expect(ids.filter((id) => !/^[\w-]{32}$/.test(id))).toEqual([]);
      // Of 64 possible characters, 16 ids have 14 different ones at each place on average: time or a count would have few.
      const places = ids[0]!.split('').map((_, place) => new Set(ids.map((id) => id[place])).size);
      expect(Math.min(...places)).toBeGreaterThan(6);
    });

    it('never adopts an id of the client, even a signed one', async () => {
      const chosen = `attackers-choice-${randomUUID()}`;
      const cookies = [
        `sid=${chosen}`,
        `sid=s%3A${chosen}.bad`,
        `sid=s%3A${encodeURIComponent(sign(chosen, TEST_SECRET))}`,
      ];
      for (const cookie of cookies) {
        const { secretId } = await logIn({}, cookie);
        expect(secretId).not.toContain(chosen);
        expectError(await show(cookie), 'session_invalid');
        expect(await app.sessions.find(storedIdOf(chosen))).toBeNull();
      }
    });

    it('does not restore an ended session by a sign-in with its cookie', async () => {
      const dead = await logIn();
      await logOut(dead.cookie);
      const fresh = await logIn({}, dead.cookie);
      expect(fresh.secretId).not.toBe(dead.secretId);
      await assertRevoked(dead.cookie, 'logged_out');
      await show(fresh.cookie).expect(200);
    });
  });

  describe('guests', () => {
    // Takes longer than 10 s: in the slow tests it makes 1,000 failed sign-ins, each of which compares a hash.
    it('get no session from reads, sign-outs and failed sign-ins', async () => {
      const before = await everything();
      const guess = () => ({ username: freshUsername(), password: 'not the password' });
      const guest = async () => [
        (await ask(`${app.url}/users/me`)).status,
        (await ask(`${app.url}/users/logout`, { method: 'POST' })).status,
        (await ask(`${app.url}/users/login`, { body: guess() })).status,
      ];
      const statuses: number[][] = [];
      for (let n = 0; n < repeats(10, 100); n += 1)
        statuses.push(...(await Promise.all(Array.from({ length: 10 }, guest))));
      expect(statuses).toEqual(statuses.map(() => [401, 200, 401]));
      expect(await everything()).toEqual(before);
    });
  });

  describe('sign-out', () => {
    it('makes the cookie invalid for ever: a replay gets session_revoked', async () => {
      const { cookie } = await logIn();
      await show(cookie).expect(200);
      await logOut(cookie);
      await assertRevoked(cookie, 'logged_out');
      await logOut(cookie);
      await assertRevoked(cookie, 'logged_out');
    });

    it('ends only this session', async () => {
      const [one, other] = [await logIn(), await logIn()];
      await logOut(one.cookie);
      expect((await show(other.cookie)).body.userName).toBe(account.username);
    });

    it('writes nothing without a session, and clears an invalid cookie', async () => {
      const before = await everything();
      const guest = await app.agent().post('/users/logout').expect(200);
      expect(guest.headers['set-cookie']).toBeUndefined();
      const forged = await logOut('sid=s%3Aforged.signature');
      expect(setCookie(forged)!.attributes.expires).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
      expect(await everything()).toEqual(before);
    });

    /** @see https://github.com/expressjs/session/issues/632 */
    it('is final for requests in flight, even those that write the session', async () => {
      const paths = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? '/test/writes' : '/test/reads'));
      for (let round = 0; round < repeats(10, 100); round += 1) {
        const { cookie, id } = await logIn();
        const arrived = inFlight.arrived(paths.length);
        const answers = Promise.all(paths.map((path) => ask(`${app.url}${path}`, { cookie })));
        await arrived;
        await logOut(cookie);
        inFlight.goOn();
        expect((await answers).map(({ status }) => status)).toEqual(paths.map(() => 204));
        await assertRevoked(cookie, 'logged_out');
        expect(await app.sessions.find(id)).not.toHaveProperty('session');
      }
    });

    it('does not affect a request in flight that writes an active session', async () => {
      const { cookie, id } = await logIn();
      const answered = app
        .agent()
        .get('/test/writes')
        .set('Cookie', cookie)
        .then(({ status }) => status);
      await inFlight.arrived();
      inFlight.goOn();
      expect(await answered).toBe(204);
      expect((await app.sessions.find(id))!.session.passport).toHaveProperty('written', true);
    });

    it('is final for a sign-in in flight with the same cookie: one new session, the old one revoked', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { cookie } = await logIn();
        const [fresh] = await Promise.all([logIn({}, cookie), logOut(cookie)]);
        expectError(await show(cookie), 'session_revoked', {
          reason: expect.stringMatching(/^(logged_out|replaced)$/),
        });
        await show(fresh.cookie).expect(200);
      }
    });
  });

  describe('deadlines', () => {
    it('end a session that was not used for SESSION_IDLE_TIMEOUT', async () => {
      const { cookie, id } = await logIn();
      await app.sessions.change(id, { idleExpiresAt: new Date(Date.now() - 1) });
      expectError(await show(cookie), 'session_idle_timeout');
    });

    it('end a session in use at SESSION_ABSOLUTE_TIMEOUT', async () => {
      const { cookie, id } = await logIn();
      await app.sessions.change(id, { absoluteExpiresAt: new Date(Date.now() - 1) });
      expectError(await show(cookie), 'session_lifetime_exceeded');
    });

    it('move with use, and the cookie is sent again with the new Max-Age', async () => {
      const { cookie, id, secretId } = await logIn();
      await age(id, 2 * MINUTE);
      const before = (await app.sessions.find(id))!;
      const renewed = setCookie(await show(cookie).expect(200))!;
      expect(renewed.secretId).toBe(secretId);
      expect(renewed.attributes).toMatchObject({ httponly: true, samesite: 'Lax', path: '/' });
      expectToLast(renewed.attributes, 7 * 24 * 3_600);
      await expect.poll(() => lastSeen(id)).toBeGreaterThan(before.lastSeenAt.getTime());
      const after = (await app.sessions.find(id))!;
      expect(after.idleExpiresAt.getTime()).toBeGreaterThan(before.idleExpiresAt.getTime());
      expect(after.absoluteExpiresAt).toEqual(before.absoluteExpiresAt);
    });

    it('never move beyond the absolute one, in the store and in the cookie', async () => {
      const { cookie, id } = await logIn();
      await age(id, 2 * MINUTE);
      const absoluteExpiresAt = new Date(Date.now() + 10 * MINUTE);
      await app.sessions.change(id, { absoluteExpiresAt, idleExpiresAt: new Date(Date.now() + MINUTE) });
      const renewed = setCookie(await show(cookie).expect(200))!;
      expect(Number(renewed.attributes['max-age'])).toBeLessThanOrEqual(600);
      await expect.poll(async () => (await app.sessions.find(id))!.idleExpiresAt).toEqual(absoluteExpiresAt);
    });

    it('add no Max-Age to the cookie of rememberMe false', async () => {
      const { cookie, id } = await logIn({ rememberMe: false });
      await age(id, 2 * MINUTE);
      const renewed = setCookie(await show(cookie).expect(200))!;
      expect(renewed.attributes).toEqual({ path: '/', httponly: true, samesite: 'Lax' });
      await expect.poll(() => lastSeen(id)).toBeGreaterThan(Date.now() - MINUTE);
      const { idleExpiresAt, lastSeenAt } = (await app.sessions.find(id))!;
      expect(idleExpiresAt.getTime() - lastSeenAt.getTime()).toBe(120 * MINUTE);
    });

    it('set one cookie if a touch coincides with a new value or a deletion', async () => {
      const { cookie, id } = await logIn();
      await age(id, 2 * MINUTE);
      const body = { password: account.password };
      const post = app.agent().post('/sessions/current/reauthentication').set('Cookie', cookie).send(body);
      const anew = setCookie(await post.expect(200))!;
      await show(anew.pair).expect(200);
      await age(storedIdOf(anew.secretId), 2 * MINUTE);
      const cleared = await app.agent().delete('/sessions/current').set('Cookie', anew.pair).expect(204);
      expect(setCookie(cleared)!.secretId).toBe('');
    });

    it('write nothing and set no cookie for use within the interval', async () => {
      const { cookie, id } = await logIn();
      await age(id, MINUTE - 10_000);
      const before = await app.sessions.find(id);
      for (let n = 0; n < 3; n += 1) expect((await show(cookie).expect(200)).headers['set-cookie']).toBeUndefined();
      expect(await app.sessions.find(id)).toEqual(before);
    });

    it('are written once for 20 concurrent requests', async () => {
      const { cookie, id } = await logIn();
      await age(id, 2 * MINUTE);
      const sessions = app.app.get(SessionsRepository, { strict: false });
      const touch = sessions.touch.bind(sessions);
      const answers = Promise.all(Array.from({ length: 20 }, () => show(cookie)));
      const writes = vi.spyOn(sessions, 'touch').mockImplementationOnce(async (...given) => {
        await answers;
        return touch(...given);
      });
      expect((await answers).map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(writes).toHaveBeenCalledOnce();
    });

    it('cause no error if the session ends between read and touch', async () => {
      const { cookie, id } = await logIn();
      await age(id, 2 * MINUTE);
      const { length } = app.logs;
      const slow = app
        .agent()
        .get('/test/reads')
        .set('Cookie', cookie)
        .then(({ status }) => status);
      await inFlight.arrived();
      await app.sessions.remove(id);
      inFlight.goOn();
      expect(await slow).toBe(204);
      expect(app.logs.slice(length).filter(({ level }) => level !== 'debug' && level !== 'info')).toEqual([]);
      expectError(await show(cookie), 'session_invalid');
    });

    /** Moves the last use of this session and its deadlines back by this many milliseconds. */
    async function age(id: string, milliseconds: number): Promise<void> {
      const { lastSeenAt, idleExpiresAt } = (await app.sessions.find(id))!;
      const back = (date: Date) => new Date(date.getTime() - milliseconds);
      const aged = { lastSeenAt: back(lastSeenAt), idleExpiresAt: back(idleExpiresAt) };
      await app.sessions.change(id, aged);
    }
  });

  describe('accounts', () => {
    it('that are disabled or deleted lose every session at the next request', async () => {
      const { cookie } = await logIn();
      const users = app.db.collection('users');
      await users.updateOne({ username: account.username }, { $set: { disabledAt: new Date() } });
      await assertRevoked(cookie, 'account_disabled');
      await users.updateOne({ username: account.username }, { $unset: { disabledAt: 1 } });
      await show(cookie).expect(200);
      const gone = await users.findOneAndDelete({ username: account.username });
      await assertRevoked(cookie, 'account_deleted');
      await users.insertOne(gone!);
    });

    it('get no session whose contents name another account', async () => {
      const { cookie, id } = await logIn();
      const { username } = await signUp(app);
      const other = (await app.db.collection('users').findOne({ username }))!;
      await app.sessions.change(id, { session: { passport: { user: other._id.toHexString() } } });
      expectError(await show(cookie), 'session_invalid');
    });

    it('are read without hidden fields: hash, identities, lock', async () => {
      const secrets = { lock: 1, identities: [{ provider: 'github', subject: randomUUID(), linkedAt: new Date() }] };
      await app.db.collection('users').updateOne({ username: account.username }, { $set: secrets });
      const { cookie } = await logIn();
      const { body } = await app.agent().get('/test/user').set('Cookie', cookie).expect(200);
      expect(body).toMatchObject({ username: account.username, credentialVersion: 0 });
      for (const name of ['passwordHash', ...Object.keys(secrets)]) expect(body).not.toHaveProperty(name);
    });
  });

  describe('several processes', () => {
    it('see a sign-out at the very next request', async () => {
      const MONGODB_URI = databaseUri(app.db.databaseName);
      const other = await startTestApp({ MONGODB_URI });
      try {
        const { cookie } = await logIn();
        await show(cookie, other).expect(200);
        await logOut(cookie);
        await assertRevoked(cookie, 'logged_out', other);
      } finally {
        // Signing in goes through passport's one strategy per process, by now the other app's: so this test is last.
        await other.app.close();
      }
    });
  });
});

describe('rotation of SESSION_SECRETS', () => {
  const OLD = 'the-old-secret-of-thirty-two-characters';
  const NEW = 'the-new-secret-of-thirty-two-characters';
  const apps: TestApp[] = [];
  beforeAll(async () => {
    const MONGODB_URI = databaseUri();
    for (const SESSION_SECRETS of [OLD, `${NEW},${OLD}`, NEW]) {
      apps.push(await startTestApp({ MONGODB_URI, SESSION_SECRETS }));
    }
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
  });

  it('accepts old cookies while the old secret is listed, signs with the new one, then rejects old cookies', async () => {
    const [before, during, after] = apps;
    const account = await signUp(before!);
    const logIn = async (app: TestApp) =>
      setCookie(await app.agent().post('/users/login').send(account).expect(200))!.pair;
    const show = (app: TestApp, cookie: string) => app.agent().get('/users/protected').set('Cookie', cookie);

    const old = await logIn(before!);
    await show(during!, old).expect(200);
    expectError(await show(after!, old), 'session_invalid');

    const fresh = await logIn(during!);
    await show(after!, fresh).expect(200);
    expectError(await show(before!, fresh), 'session_invalid');

    const lastSeenAt = new Date(Date.now() - 2 * MINUTE);
    const active = (await during!.sessions.all()).filter(({ revokedAt }) => !revokedAt);
    for (const { _id } of active) await during!.sessions.change(_id, { lastSeenAt });
    const renewed = setCookie(await show(during!, old).expect(200))!.pair;
    await show(after!, renewed).expect(200);

    await during!.agent().post('/users/logout').set('Cookie', old).expect(200);
    expectError(await show(before!, old), 'session_revoked', { reason: 'logged_out' });
  });
});
