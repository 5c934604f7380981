import { ObjectId } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { RedisService } from '../../src/database/redis.service.js';
import { hashSessionId } from '../../src/sessions/store/session-id.js';
import { TOMBSTONE_TTL_MS } from '../../src/sessions/policy/session.policy.js';
import { SessionReader } from '../../src/sessions/store/session.reader.js';
import type { SessionDocument } from '../../src/sessions/session.types.js';
import { SessionsRepository } from '../../src/sessions/store/sessions.repository.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { signUp } from '../support/accounts.js';
import { at, signInDevice } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const STORES = [
  { store: 'mongodb', skipped: false },
  { store: 'redis', skipped: inject('redisUrl') === null },
];

/** What every store of sessions promises, asked of its repository and reader themselves, and through HTTP. */
for (const { store, skipped } of STORES) {
  describe.skipIf(skipped)(`sessions in ${store}`, () => {
    let app: TestApp;
    let other: TestApp;
    let sessions: SessionsRepository;
    let reader: SessionReader;
    beforeAll(async () => {
      const settings = { SESSION_STORE: store, MONGODB_URI: databaseUri() };
      other = await startTestApp(settings);
      app = await startTestApp({ ...settings, SESSION_MAX_PER_USER: '5' });
      sessions = app.app.get(SessionsRepository, { strict: false });
      reader = app.app.get(SessionReader, { strict: false });
    });
    afterAll(async () => {
      await other?.close();
      await app?.close();
    });

    const newUser = async (): Promise<UserRecord> => {
      const { username } = await signUp(app);
      return (await app.db.collection<UserRecord>('users').findOne({ username }))!;
    };

    /** A session of this user that is this many milliseconds old. It is not stored. */
    function sessionOf(user: UserRecord, ago = 0, changed: Partial<SessionDocument> = {}): SessionDocument {
      const createdAt = new Date(Date.now() - ago);
      const idleExpiresAt = new Date(createdAt.getTime() + 7 * DAY);
      return {
        _id: hashSessionId(randomUUID()),
        publicId: randomUUID(),
        userId: user._id,
        credentialVersion: 0,
        remember: true,
        createdAt,
        authenticatedAt: createdAt,
        lastSeenAt: createdAt,
        idleExpiresAt,
        absoluteExpiresAt: new Date(createdAt.getTime() + 30 * DAY),
        expires: new Date(idleExpiresAt.getTime() + TOMBSTONE_TTL_MS),
        ip: '203.0.113.7',
        userAgent: 'Grüße — “agent” \u{1F510}',
        amr: ['pwd'],
        aal: 1,
        session: { passport: { user: user._id.toHexString() } },
        ...changed,
      };
    }

    async function stored(user: UserRecord, ago = 0, changed: Partial<SessionDocument> = {}): Promise<SessionDocument> {
      const session = sessionOf(user, ago, changed);
      await sessions.insert({ ...session });
      return session;
    }

    const idsOf = (found: SessionDocument[]) => found.map(({ _id }) => _id);

    it('returns what was inserted, field by field, with the current user', async () => {
      const user = await newUser();
      const session = await stored(user);
      const read = (await reader.read(session._id))!;
      expect(read).toMatchObject(session);
      expect(read.user).toMatchObject({ _id: user._id, username: user.username, roles: ['user'] });
      expect(read.user).not.toHaveProperty('passwordHash');
      await app.db.collection('users').updateOne({ _id: user._id }, { $set: { roles: ['user', 'admin'] } });
      expect((await reader.read(session._id))!.user!.roles).toEqual(['user', 'admin']);
      await app.db.collection('users').updateOne({ _id: user._id }, { $set: { roles: ['user'] } });
    });

    it('reads many at once, and returns null for unknown ids', async () => {
      const user = await newUser();
      const all = await Promise.all(Array.from({ length: 30 }, () => stored(user)));
      const ids = [...idsOf(all), 'nothing', ...idsOf(all)];
      const read = await Promise.all(ids.map((id) => reader.read(id)));
      expect(read.map((session) => session?._id ?? 'nothing')).toEqual(ids);
    });

    it('inserts an id once: a second insert is an error and changes nothing, also for a revoked session', async () => {
      const user = await newUser();
      const session = await stored(user);
      const again = { ...session, ip: '198.51.100.1' };
      await expect(sessions.insert({ ...again })).rejects.toThrow(/duplicate key|exists already/);
      expect(await reader.read(session._id)).toMatchObject({ ip: session.ip });
      await sessions.revoke(session._id, 'revoked');
      await expect(sessions.insert({ ...again })).rejects.toThrow(/duplicate key|exists already/);
      expect(await reader.read(session._id)).toMatchObject({ reason: 'revoked' });
    });

    it('restores no revoked session, neither by an update nor by a touch', async () => {
      const user = await newUser();
      const session = await stored(user);
      await sessions.revoke(session._id, 'logged_out');
      const remains = await app.sessions.find(session._id);
      const later = new Date(Date.now() + DAY);
      await sessions.update(session._id, { passport: { user: 'x' } });
      await sessions.touch(session._id, { lastSeenAt: later, idleExpiresAt: later, expires: later });
      expect(await app.sessions.find(session._id)).toEqual(remains);
      await sessions.update('nothing', {});
      await sessions.touch('nothing', { lastSeenAt: later, idleExpiresAt: later, expires: later });
      expect(await app.sessions.find('nothing')).toBeNull();
    });

    it('are revoked once among 20 concurrent attempts, with the first reason', async () => {
      const user = await newUser();
      const session = await stored(user);
      const ended = await Promise.all(Array.from({ length: 20 }, () => sessions.revoke(session._id, 'replaced')));
      expect(ended.filter(Boolean)).toEqual([expect.objectContaining(session)]);
      expect(await sessions.revoke(session._id, 'evicted')).toBeNull();
      expect(await reader.read(session._id)).toMatchObject({ reason: 'replaced', publicId: session.publicId });
    });

    it('keep the reason of a revoked session for a day, and no personal data', async () => {
      const user = await newUser();
      const session = await stored(user);
      await sessions.revoke(session._id, 'logged_out');
      const remains = (await app.sessions.find(session._id))!;
      expect(remains).toMatchObject({ reason: 'logged_out', revokedAt: expect.any(Date) });
      for (const erased of ['session', 'ip', 'userAgent', 'amr', 'authenticatedAt', 'lastSeenAt', 'idleExpiresAt']) {
        expect(remains).not.toHaveProperty(erased);
      }
      expect(await app.sessions.removedAt(session._id)).toEqual(new Date(remains.revokedAt!.getTime() + DAY));
    });

    it('moves deadlines only forward, in any order of touches, and the time of removal too', async () => {
      const user = await newUser();
      const session = await stored(user, MINUTE);
      const use = (minutes: number) => {
        const lastSeenAt = new Date(session.lastSeenAt.getTime() + minutes * MINUTE);
        const idleExpiresAt = new Date(lastSeenAt.getTime() + 7 * DAY);
        return { lastSeenAt, idleExpiresAt, expires: new Date(idleExpiresAt.getTime() + TOMBSTONE_TTL_MS) };
      };
      await Promise.all([3, 5, 4, -60].map((minutes) => sessions.touch(session._id, use(minutes))));
      // Concurrent writes may happen to end with the latest use; these do not.
      for (const minutes of [4, -60]) await sessions.touch(session._id, use(minutes));
      expect(await reader.read(session._id)).toMatchObject({ ...session, ...use(5) });
      expect(await app.sessions.removedAt(session._id)).toEqual(use(5).expires);
    });

    it('lists the active sessions of one user, the newest sign-in first', async () => {
      await stored(await newUser());
      const user = await newUser();
      const [old, fresh] = [await stored(user, 2 * MINUTE), await stored(user, MINUTE)];
      // Idle for too long, and of an older password.
      await stored(user, 8 * DAY);
      await stored(user, 0, { credentialVersion: -1 });
      const ended = await stored(user);
      await sessions.revoke(ended._id, 'revoked');
      expect(await sessions.listActive(user)).toEqual([fresh, old].map((session) => expect.objectContaining(session)));
      expect(await sessions.listActive({ ...user, _id: new ObjectId() })).toEqual([]);
      // A session that the database has removed meanwhile.
      await app.sessions.remove(old._id);
      expect(idsOf(await sessions.listActive(user))).toEqual([fresh._id]);
    });

    it('revokes by public id only sessions of the same user', async () => {
      const user = await newUser();
      const session = await stored(user);
      expect(await sessions.revokeByPublicId(new ObjectId(), session.publicId, 'revoked')).toBeNull();
      expect(await sessions.revokeByPublicId(user._id, session._id, 'revoked')).toBeNull();
      expect(await sessions.revokeByPublicId(user._id, session.publicId, 'revoked')).toMatchObject({
        _id: session._id,
      });
      expect(await sessions.revokeByPublicId(user._id, session.publicId, 'revoked')).toBeNull();
    });

    it('revokes all but one, and the oldest beyond a limit, and returns their ids', async () => {
      const user = await newUser();
      const all = [];
      for (const minutes of [1, 2, 3, 4, 5]) all.push(await stored(user, minutes * MINUTE));
      const publicIds = all.map(({ publicId }) => publicId);
      const evicted = await sessions.evictOldest(user, 3, 'evicted');
      expect(new Set(evicted)).toEqual(new Set(publicIds.slice(3)));
      expect(await sessions.evictOldest(user, 3, 'evicted')).toEqual([]);
      const ended = await sessions.revokeAll(user, 'password_changed', { except: all[1]!._id });
      expect(new Set(ended)).toEqual(new Set([publicIds[0], publicIds[2]]));
      expect(idsOf(await sessions.listActive(user))).toEqual([all[1]!._id]);
    });

    it('replaces only an active session; otherwise it throws the reason and stores nothing', async () => {
      const user = await newUser();
      const [live, ended] = [await stored(user), await stored(user)];
      await sessions.revoke(ended._id, 'logged_out');
      const next = sessionOf(user);
      await sessions.replace(live, next);
      expect(await reader.read(live._id)).toMatchObject({ reason: 'replaced' });
      expect(idsOf(await sessions.listActive(user))).toEqual([next._id]);
      const over = { code: 'session_revoked' };
      const replace = (previous: SessionDocument) => sessions.replace(previous, sessionOf(user));
      await expect(replace(live)).rejects.toMatchObject({ ...over, details: { reason: 'replaced' } });
      await expect(replace(ended)).rejects.toMatchObject({ ...over, details: { reason: 'logged_out' } });
      await expect(replace(sessionOf(user))).rejects.toMatchObject({ code: 'session_invalid' });
      expect(idsOf(await sessions.listActive(user))).toEqual([next._id]);
    });

    it('revokes the successor of a session, however often it was replaced', async () => {
      const user = await newUser();
      for (const end of [
        (first: SessionDocument) => sessions.revoke(first._id, 'revoked'),
        (first: SessionDocument) => sessions.revokeByPublicId(user._id, first.publicId, 'revoked'),
      ]) {
        const line = [await stored(user), sessionOf(user), sessionOf(user)] as const;
        await sessions.replace(line[0], line[1]);
        await sessions.replace(line[1], line[2]);
        expect(await end(line[0])).toMatchObject({ _id: line[2]._id });
        expect(await sessions.listActive(user)).toEqual([]);
        expect(await end(line[0])).toBeNull();
        expect(await reader.read(line[0]._id)).toMatchObject({ reason: 'replaced' });
      }
    });

    it('revokes a session or its successor in 20 races', async () => {
      const user = await newUser();
      for (let round = 0; round < 20; round++) {
        const [live, next] = [await stored(user), sessionOf(user)];
        await Promise.allSettled([sessions.replace(live, next), sessions.revoke(live._id, 'logged_out')]);
        expect(await sessions.listActive(user)).toEqual([]);
      }
    });

    it('revokes all sessions, and a successor that was created meanwhile', async () => {
      const user = await newUser();
      const [one, another] = [await stored(user), await stored(user)];
      const successor = sessionOf(user);
      const list = sessions.listActive.bind(sessions);
      vi.spyOn(sessions, 'listActive').mockImplementationOnce(async (...given) => {
        const live = await list(...given);
        await sessions.replace(one, successor);
        return live;
      });
      const ended = await sessions.revokeAll(user, 'revoked');
      expect(new Set(ended)).toEqual(new Set([another.publicId, successor.publicId]));
      expect(await sessions.listActive(user)).toEqual([]);
      expect(await reader.read(one._id)).toMatchObject({ reason: 'replaced' });
    });

    it('evicts the oldest also if one of them is replaced at that moment', async () => {
      const user = await newUser();
      const [oldest, older] = [await stored(user, 3 * MINUTE), await stored(user, 2 * MINUTE)];
      const newest = await stored(user, MINUTE);
      const successor = sessionOf(user);
      const writer = sessions as unknown as { writeTombstones: (...all: unknown[]) => unknown };
      const replaced = vi.spyOn(writer, 'writeTombstones');
      replaced.mockImplementationOnce(async (...given: unknown[]) => {
        replaced.mockRestore();
        await sessions.replace(oldest, successor);
        return writer.writeTombstones(...given);
      });
      await sessions.evictOldest(user, 2, 'evicted');
      expect(new Set(idsOf(await sessions.listActive(user)))).toEqual(new Set([successor._id, newest._id]));
      expect(await reader.read(older._id)).toMatchObject({ reason: 'evicted' });
    });

    it('reports each revoked session to one of many concurrent callers', async () => {
      const user = await newUser();
      for (let n = 0; n < 4; n++) await stored(user);
      const ended = await Promise.all(Array.from({ length: 6 }, () => sessions.revokeAll(user, 'revoked')));
      expect(new Set(ended.flat()).size).toBe(4);
      expect(ended.flat()).toHaveLength(4);
    });

    it('removes a user: every session ends, and none keeps the user id', async () => {
      const user = await newUser();
      const [live, ended] = [await stored(user), await stored(user)];
      await sessions.revoke(ended._id, 'logged_out');
      await sessions.revokeAllOfDeletedUser(user._id);
      await sessions.anonymizeTombstones(user._id);
      expect(await reader.read(live._id)).toMatchObject({ reason: 'account_deleted' });
      expect(await reader.read(ended._id)).toMatchObject({ reason: 'logged_out' });
      expect(JSON.stringify(await app.sessions.all())).not.toContain(user._id.toHexString());
    });

    it('counts the active sessions of all users', async () => {
      const user = await newUser();
      const before = await sessions.countActive();
      const [one] = [await stored(user), await stored(user), await stored(user, 8 * DAY)];
      expect(await sessions.countActive()).toBe(before + 2);
      await sessions.revoke(one._id, 'revoked');
      expect(await sessions.countActive()).toBe(before + 1);
    });

    it('notifies a listener on another process of each revoked session', async () => {
      const user = await newUser();
      const [mine, theirs] = [await stored(user), await stored(user)];
      const told: string[] = [];
      let needed = true;
      let followed: Promise<boolean> | undefined;
      await new Promise<void>((resolve) => {
        followed = other.app.get(SessionsRepository, { strict: false }).followRevocations(() => needed, {
          opened: () => Promise.resolve(resolve()),
          revoked: (id) => void told.push(id),
        });
      });
      await sessions.revoke(mine._id, 'revoked');
      await sessions.revokeByPublicId(user._id, theirs.publicId, 'revoked');
      await expect.poll(() => told).toEqual([mine._id, theirs._id]);
      needed = false;
      expect(await followed).toBe(true);
      await expect.poll(() => app.sessions.followers()).toBe(0);
    });

    it('keeps no ended session in its lists', async ({ skip }) => {
      if (store !== 'redis') skip('MongoDB has no lists beside the sessions');
      const user = await newUser();
      const { client, prefix } = app.app.get(RedisService, { strict: false });
      const [own, live] = [`${prefix}user:${user._id.toHexString()}`, `${prefix}live`];
      const [first, idle] = [await stored(user, MINUTE), await stored(user, 8 * DAY)];
      expect(await client.pExpireTime(own)).toBe(first.absoluteExpiresAt.getTime() + TOMBSTONE_TTL_MS);
      expect(await client.zScore(live, idle._id)).not.toBeNull();
      const last = await stored(user);
      expect(await client.pExpireTime(own)).toBe(last.absoluteExpiresAt.getTime() + TOMBSTONE_TTL_MS);
      expect(await client.zScore(live, idle._id)).toBeNull();
      // Redis has removed the idle one by itself, and this one meanwhile.
      await app.sessions.remove(first._id);
      await sessions.listActive(user);
      expect(await client.zRange(own, 0, -1)).toEqual([last._id]);
    });

    it('are shared by two processes: a session that one revokes is rejected by the other at once', async () => {
      const account = await signUp(app);
      const device = await signInDevice(app, account);
      await at(other, device).get('/users/protected').expect(200);
      await device.post('/users/logout').expect(200);
      const refused = await at(other, device).get('/users/protected');
      expectError(refused, 'session_revoked', { reason: 'logged_out' });
    });

    it('respects a limit of 5 with 20 concurrent sign-ins', async () => {
      const account = await signUp(app);
      const devices = await Promise.all(Array.from({ length: 20 }, () => signInDevice(app, account)));
      const statuses = await Promise.all(devices.map(async (each) => (await each.get('/users/protected')).status));
      expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    });
  });
}
