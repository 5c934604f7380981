import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivityView } from '../../src/account/activity.views.js';
import type { AuditEvent } from '../../src/audit/audit.types.js';
import { issue } from '../../src/errors/app.error.js';
import type { IssueCode } from '../../src/errors/error-codes.js';
import { PASSWORD, signUp, type Credentials } from '../support/accounts.js';
import { renewed, signInDevice, type Device } from '../support/devices.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DAY = 86_400_000;
const NEW_PASSWORD = 'another good horse battery';
/** As it is handed out: a time and an id. */
const CURSOR = Buffer.from('1700000000000.000000000000000000000000').toString('base64url');

describe('the activity of an account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ TRUST_PROXY: '1', AUDIT_RETENTION: '10d' });
  });
  afterAll(() => app.close());

  const events = () => app.db.collection<AuditEvent>('audit_events');
  const logIn = (account: Credentials, password: string) =>
    app
      .agent()
      .post('/users/login')
      .send({ ...account, password });

  async function signedIn(): Promise<{ account: Credentials; device: Device; userId: ObjectId }> {
    const account = await signUp(app);
    const device = await signInDevice(app, account);
    const { body } = await device.get('/users/protected');
    return { account, device, userId: new ObjectId(body.userId as string) };
  }

  async function page(device: Device, query = ''): Promise<{ items: ActivityView[]; nextCursor?: string }> {
    return (await device.get(`/users/me/activity${query}`).expect(200)).body;
  }

  /** Events as they would have been written, one minute apart, the last one now. */
  async function remember(userId: ObjectId, count: number, from = Date.now()): Promise<AuditEvent[]> {
    const made = Array.from({ length: count }, (_, n): AuditEvent => {
      const at = new Date(from - (count - n) * 60_000);
      return {
        _id: new ObjectId(),
        at,
        type: 'sign_in_failed',
        userId,
        ip: '203.0.113.7',
        userAgent: 'curl/8.5.0',
        requestId: '',
        expires: new Date(from + DAY),
      };
    });
    if (made.length > 0) await events().insertMany(made);
    return made;
  }

  it('shows only time, type, IP address, device and public session id', async () => {
    const account = await signUp(app);
    const headers = { 'X-Forwarded-For': '203.0.113.7', 'User-Agent': 'curl/8.5.0' };
    const device = await signInDevice(app, account, { headers });
    const body = await page(device);
    expect(body).toEqual({
      items: [
        {
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
          type: 'signed_in',
          ip: '203.0.113.7',
          device: { label: 'curl', userAgent: 'curl/8.5.0' },
          sessionId: device.session.id,
        },
      ],
    });
  });

  it('shows every type of event, newest first', async () => {
    const { account, device: first } = await signedIn();
    await logIn(account, 'wrong').expect(401);
    await first.post('/sessions/current/reauthentication', { password: 'wrong' }).expect(403);
    const stepUp = await first.post('/sessions/current/reauthentication', { password: PASSWORD }).expect(200);
    const here = renewed(app, stepUp, stepUp.body.session);
    await here.put('/users/me/password', { currentPassword: 'wrong', newPassword: NEW_PASSWORD }).expect(403);
    const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    const now = renewed(app, await here.put('/users/me/password', passwords).expect(200), here.session);
    const other = await signInDevice(app, { ...account, password: NEW_PASSWORD });
    const third = await signInDevice(app, { ...account, password: NEW_PASSWORD });
    await now.delete(`/sessions/${other.session.id}`).expect(204);
    await third.post('/users/logout').expect(200);
    const { items } = await page(now);
    expect(items.map(({ type }) => type)).toEqual([
      'signed_out',
      'session_revoked',
      'signed_in',
      'signed_in',
      'password_changed',
      'password_change_failed',
      'reauthenticated',
      'reauthentication_failed',
      'sign_in_failed',
      'signed_in',
    ]);
    expect(items[0]!.sessionId).toBe(third.session.id);
    expect(items[1]!.sessionId).toBe(other.session.id);
    expect(items[8]).not.toHaveProperty('sessionId');
  });

  it('is stored with the request id, and expires after AUDIT_RETENTION', async () => {
    const account = await signUp(app);
    const answer = await logIn(account, 'wrong').expect(401);
    const event = (await events().findOne({ requestId: answer.headers['x-request-id'] }))!;
    expect(event).toMatchObject({ type: 'sign_in_failed', userId: expect.any(ObjectId) });
    expect(event.expires.getTime() - event.at.getTime()).toBe(10 * DAY);
    expect(await events().indexes()).toContainEqual(
      expect.objectContaining({ key: { expires: 1 }, expireAfterSeconds: 0 }),
    );
  });

  it('stores no unknown username, which may be a password', async () => {
    const typed = `secret-${new ObjectId().toHexString()}`;
    const answer = await logIn({ username: typed, password: 'x' }, 'y').expect(401);
    const event = await events().findOne({ requestId: answer.headers['x-request-id'] });
    expect(event).not.toHaveProperty('userId');
    expect(JSON.stringify(await events().find().toArray())).not.toContain(typed);
  });

  it('never shows events of another account', async () => {
    const mine = await signedIn();
    const theirs = await signedIn();
    await logIn(theirs.account, 'wrong').expect(401);
    await logIn({ username: 'nobody-at-all', password: 'x' }, 'x').expect(401);
    const { items } = await page(mine.device);
    expect(items.map(({ sessionId }) => sessionId)).toEqual([mine.device.session.id]);
    const cursor = (await remember(theirs.userId, 5)) && (await page(theirs.device, '?limit=1')).nextCursor!;
    const { items: byTheirCursor } = await page(mine.device, `?cursor=${cursor}`);
    expect(byTheirCursor.map(({ sessionId }) => sessionId)).toEqual([mine.device.session.id]);
  });

  describe('in pages', () => {
    it('shows each event once, even while others are added', async () => {
      const { device, userId } = await signedIn();
      await events().deleteMany({ userId });
      await remember(userId, 25);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { items, nextCursor }: { items: ActivityView[]; nextCursor?: string } = await page(
          device,
          `?limit=10${cursor ? `&cursor=${cursor}` : ''}`,
        );
        seen.push(...items.map(({ at }) => at));
        await remember(userId, 3, Date.now() + seen.length * DAY);
        cursor = nextCursor;
      } while (cursor);
      expect(seen).toHaveLength(25);
      expect(seen).toEqual([...new Set(seen)].sort().toReversed());
    });

    it('distinguishes events of the same millisecond', async () => {
      const { device, userId } = await signedIn();
      await events().deleteMany({ userId });
      const [first] = await remember(userId, 1);
      const same = Array.from({ length: 6 }, (_, n) => ({ ...first!, _id: new ObjectId(), ip: `203.0.113.${n}` }));
      await events().insertMany(same);
      const seen: string[] = [];
      for (let query = '?limit=2'; query !== '';) {
        const { items, nextCursor } = await page(device, query);
        seen.push(...items.map(({ ip }) => ip));
        query = nextCursor ? `?limit=2&cursor=${nextCursor}` : '';
      }
      expect(seen).toEqual([
        '203.0.113.5',
        '203.0.113.4',
        '203.0.113.3',
        '203.0.113.2',
        '203.0.113.1',
        '203.0.113.0',
        '203.0.113.7',
      ]);
    });

    it('has twenty events by default, at most a hundred, and no cursor on the last page', async () => {
      const { device, userId } = await signedIn();
      await events().deleteMany({ userId });
      await remember(userId, 100);
      expect((await page(device)).items).toHaveLength(20);
      expect(await page(device, '?limit=100')).not.toHaveProperty('nextCursor');
      expect(await page(device, '?limit=99')).toHaveProperty('nextCursor');
    });

    it.each<[string, string, IssueCode, number?]>([
      ['limit=0', 'limit', 'out_of_range', 1],
      ['limit=101', 'limit', 'out_of_range', 100],
      ['limit=ten', 'limit', 'not_well_formed'],
      ['limit=-1', 'limit', 'out_of_range', 1],
      ['limit=1.5', 'limit', 'not_well_formed'],
      ['limit=', 'limit', 'not_well_formed'],
      ['limit=1&limit=2', 'limit', 'wrong_type'],
      ['limit[$gt]=1', '', 'unknown_field'],
      ['cursor=', 'cursor', 'not_well_formed'],
      ['cursor=x', 'cursor', 'not_well_formed'],
      ['cursor=eyIkbmUiOjF9', 'cursor', 'not_well_formed'],
      [`cursor=${'A'.repeat(5000)}`, 'cursor', 'not_well_formed'],
      [`cursor=${CURSOR}!`, 'cursor', 'not_well_formed'],
      [`cursor=${CURSOR.replace(/.$/, 'B')}`, 'cursor', 'not_well_formed'],
      ['cursor=x&cursor=y', 'cursor', 'wrong_type'],
      ['page=2', 'page', 'unknown_field'],
      ['userId=000000000000000000000000', 'userId', 'unknown_field'],
    ])('rejects ?%s', async (query, path, code, limit) => {
      const { device } = await signedIn();
      expectError(await device.get(`/users/me/activity?${query}`), 'validation_failed', {
        issues: [issue(path, code, limit)],
      });
    });
  });

  it('needs a session', async () => {
    expectError(await app.agent().get('/users/me/activity'), 'not_signed_in');
  });
});
