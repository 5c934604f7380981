import type { Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, signIn, signUp } from '../support/accounts.js';
import { startTestApp, TEST_STORE, type TestApp } from '../support/test-app.js';

/** What mongod's profiler records of one operation. */
interface Profiled {
  op: string;
  command: Document;
}

/**
 * `sessions` can be sharded by a hashed `_id`. A sharded cluster is too much for the tests, so mongod's own profiler tells
 * the shape of every command.
 */
describe.skipIf(TEST_STORE === 'redis')('commands on sessions', () => {
  let app: TestApp;
  let operations: Profiled[];
  beforeAll(async () => {
    app = await startTestApp({ SESSION_TOUCH_INTERVAL: '1s', SESSION_MAX_PER_USER: '3' });
    await app.db.command({ profile: 2 });
    await everyUse(app);
    await app.db.command({ profile: 0 });
    operations = await app.db
      .collection('system.profile')
      .find<Profiled>({ ns: `${app.db.databaseName}.sessions` })
      .toArray();
  });
  afterAll(() => app.close());

  const commands = (name: string) => operations.filter(({ op, command }) => op === 'command' && name in command);
  const ofKind = (kind: string) => operations.filter(({ op }) => op === kind);

  it('read the session of a request by its _id', () => {
    const reads = commands('aggregate').filter(({ command }) => JSON.stringify(command).includes('$lookup'));
    expect(reads.length).toBeGreaterThan(5);
    for (const { command } of reads) {
      expect((command.pipeline as Document[])[0]).toEqual({ $match: { _id: expect.anything() as unknown } });
    }
  });

  it('write one session by its _id', () => {
    const modified = commands('findAndModify').map(({ command }) => command.query as Document);
    const updated = ofKind('update').filter(({ command }) => !command.multi);
    const removed = ofKind('remove').filter(({ command }) => command.limit === 1);
    expect(modified.length).toBeGreaterThan(3);
    expect(updated.length).toBeGreaterThan(0);
    const filters = [...modified, ...[...updated, ...removed].map(({ command }) => command.q as Document)];
    for (const filter of filters) expect(filter).toHaveProperty('_id', expect.any(String));
  });

  it('use no unique index that is incompatible with the shard key _id', async () => {
    const indexes = await app.db.collection('sessions').indexes();
    expect(indexes.length).toBeGreaterThan(1);
    expect(indexes.filter(({ unique, name }) => unique && name !== '_id_')).toEqual([]);
  });
});

/** Sign-ins beyond the session limit, reads, touches, re-authentication, a new password, every way to revoke. */
async function everyUse(app: TestApp): Promise<void> {
  const account = await signUp(app);
  const [first, second, third] = [await signIn(app, account), await signIn(app, account), await signIn(app, account)];
  await signIn(app, account);
  await first.get('/users/me').expect(401);
  await app.db.collection('sessions').updateMany({}, { $set: { lastSeenAt: new Date(Date.now() - 10_000) } });
  await second.get('/users/me').expect(200);
  await third.post('/sessions/current/reauthentication').send({ password: PASSWORD }).expect(200);
  const { body } = await third.get('/sessions').expect(200);
  const other = (body as { items: { id: string; current: boolean }[] }).items.find(({ current }) => !current)!;
  await third.delete(`/sessions/${other.id}`).expect(204);
  await third.delete(`/sessions/${other.id}`).expect(204);
  const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD} and more` };
  await third.put('/users/me/password').send(change).expect(200);
  await third.delete('/sessions/others').expect(200);
  await third.get('/sessions/current').expect(200);
  await third.post('/users/logout').expect(200);
  await third.get('/users/me').expect(401);
}
