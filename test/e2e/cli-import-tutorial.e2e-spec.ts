import { hash } from 'bcrypt';
import { once } from 'node:events';
import { MongoClient, ObjectId, type Collection } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { freshUsername, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { runCli, runCliJson, spawnCli } from '../support/cli.js';
import { databaseUri, startTestApp, testSettings, type TestApp } from '../support/test-app.js';

interface Summary {
  read: number;
  created: number;
  present: number;
  skipped: { id: string; username: string; reason: string }[];
}

let app: TestApp;
let env: NodeJS.ProcessEnv;
let sourceClient: MongoClient;
let source: Collection;
let sourceUri: string;
let plainHash: string;

beforeAll(async () => {
  app = await startTestApp();
  env = testSettings({ MONGODB_URI: databaseUri(app.db.databaseName) });
  sourceUri = databaseUri();
  sourceClient = await new MongoClient(sourceUri).connect();
  source = sourceClient.db().collection('users');
  // As the tutorial's app makes them, at a cost that keeps the tests quick.
  plainHash = await hash(PASSWORD, 4);
});
beforeEach(() => app.db.collection('users').deleteMany({}));
afterEach(() => sourceClient.db().dropDatabase());
afterAll(async () => {
  await sourceClient.close();
  await app.close();
});

/** A document as the tutorial's app stores it with Mongoose. */
const tutorialUser = (username: unknown, password: unknown = plainHash) => ({
  _id: new ObjectId(),
  username,
  password,
  __v: 0,
});
async function importThem(...more: string[]) {
  const run = await runCliJson(['import-tutorial', '--from', sourceUri, ...more], { env });
  return { ...run, json: run.json as Summary };
}
const stored = () => app.db.collection('users').find().sort({ _id: 1 }).toArray();

describe('import-tutorial', () => {
  it('imports users, who sign in with their old passwords and get new hashes', async () => {
    const long = `${'ä'.repeat(30)} and more`;
    const [ada, bob] = [tutorialUser('ada'), tutorialUser('bob', await hash(long, 4))];
    await source.insertMany([ada, bob]);
    const run = await importThem();
    expect(run.json).toEqual({ read: 2, created: 2, present: 0, skipped: [] });
    expect(run.code).toBe(0);
    expect(await stored()).toMatchObject([
      { _id: ada._id, username: 'ada', passwordHash: plainHash, credentialVersion: 0, roles: ['user'] },
      { _id: bob._id, username: 'bob', createdAt: bob._id.getTimestamp() },
    ]);

    const agent = await signIn(app, { username: 'ada', password: PASSWORD });
    const me = await agent.get('/users/me').expect(200);
    expect(me.body).toMatchObject({ userId: ada._id.toHexString(), userName: 'ada', roles: ['user'] });
    await signIn(app, { username: 'bob', password: long });
    const upgraded = expect.stringMatching(/^bcrypt-hmac-sha384:/) as string;
    const hashes = async () => (await stored()).map(({ passwordHash }) => passwordHash as string);
    await expect.poll(hashes).toEqual([upgraded, upgraded]);
    await signIn(app, { username: 'ada', password: PASSWORD });
    await app.agent().post('/users/login').send({ username: 'ada', password: 'not the password' }).expect(401);
  });

  it('brings email addresses over as unverified, and skips an account whose address is not well formed', async () => {
    const ada = { ...tutorialUser('ada'), email: ' Ada@Example.com ', emailVerifiedAt: new Date() };
    const without = [
      { ...tutorialUser('bob'), email: '' },
      { ...tutorialUser('eve'), email: null },
    ];
    const bad = [
      { ...tutorialUser('kim'), email: 'not an address' },
      { ...tutorialUser('lee'), email: { $ne: null } },
    ];
    await source.insertMany([ada, ...without, ...bad]);
    const { json } = await importThem();
    expect(json).toMatchObject({ read: 5, created: 3 });
    expect(json.skipped.map(({ username, reason }) => [username, reason])).toEqual([
      ['kim', 'bad_email'],
      ['lee', 'bad_email'],
    ]);
    const agent = await signIn(app, { username: 'ada', password: PASSWORD });
    const { body } = await agent.get('/users/me').expect(200);
    expect(body).toMatchObject({ email: 'Ada@Example.com', emailVerified: false });
    await app.agent().post('/users/login').send({ email: 'ada@example.com', password: PASSWORD }).expect(401);
    for (const user of (await stored()).slice(1)) expect(user).not.toHaveProperty('email');
  });

  it('changes nothing in a second run, even what was changed here since', async () => {
    await source.insertMany([tutorialUser('ada'), tutorialUser('bob')]);
    await importThem();
    await app.db.collection('users').updateOne({ username: 'ada' }, { $set: { email: 'ada@example.com' } });
    const before = await stored();
    const again = await importThem();
    expect(again.json).toEqual({ read: 2, created: 0, present: 2, skipped: [] });
    expect(again.code).toBe(0);
    expect(await stored()).toEqual(before);
  });

  it('imports what it can and reports the rest', async () => {
    const here = await signUp(app);
    const documents = [
      tutorialUser('ada'),
      tutorialUser(' ADA '),
      tutorialUser(here.username),
      tutorialUser('Ｗｉｄｅ.Name'),
      tutorialUser('a b'),
      tutorialUser({ $ne: null }),
      tutorialUser('plain', 'not a hash'),
      { ...tutorialUser('odd'), _id: 'text' as unknown as ObjectId },
      tutorialUser('zoe'),
    ];
    await source.insertMany(documents);
    const first = await importThem();
    expect(first.code).toBe(1);
    expect(first.json).toMatchObject({ read: 9, created: 3, present: 0 });
    const reasons = Object.fromEntries(first.json.skipped.map(({ id, reason }) => [id, reason]));
    expect(reasons).toEqual({
      [String(documents[1]!._id)]: 'username_taken',
      [String(documents[2]!._id)]: 'username_taken',
      [String(documents[4]!._id)]: 'bad_username',
      [String(documents[5]!._id)]: 'bad_username',
      [String(documents[6]!._id)]: 'bad_password_hash',
      text: 'bad_id',
    });
    const names = (await stored()).map(({ username }) => String(username));
    expect(names.sort()).toEqual(['ada', 'wide.name', 'zoe', here.username].sort());

    const again = await importThem();
    expect(again.json).toMatchObject({ created: 0, present: 3, skipped: first.json.skipped });
    const told = await runCli(['import-tutorial', '--from', '-'], { env, input: `${sourceUri}\n` });
    expect(told.stdout).toContain('Skipped: " ADA "');
    expect(told.stdout).toContain('9 read, 0 imported, 3 imported before, 6 skipped.');
    // No progress without a terminal.
    expect(told.stderr).toBe('');
  });

  /** @see https://github.com/dexidp/dex/issues/1040 */
  it('accepts hashes of cost 4 to 14 with every prefix, and reports those that cannot be verified in time or at all', async () => {
    const of = (prefix: string) =>
      tutorialUser(`user-${prefix.replaceAll('$', '')}`, plainHash.replace('$2b$04$', prefix));
    const usable = ['$2a$04$', '$2b$10$', '$2y$14$'].map(of);
    const unusable = ['$2b$03$', '$2b$15$', '$2a$17$', '$2y$31$', '$2b$00$', '$2a$99$'].map(of);
    const others = ['$2x$10$', '$2$10$', '$1$10$'].map(of);
    await source.insertMany([...usable, ...unusable, ...others]);
    const { code, json } = await importThem();
    expect(code).toBe(1);
    expect(json.skipped.map(({ username, reason }) => [username, reason])).toEqual([
      ...unusable.map(({ username }) => [username, 'unsupported_hash_cost']),
      ...others.map(({ username }) => [username, 'bad_password_hash']),
    ]);
    expect((await stored()).map(({ username }) => username as string)).toEqual(usable.map(({ username }) => username));
  });

  it('fails if MongoDB rejects an account for another reason than its username', async () => {
    const rule = (validator: object) => app.db.command({ collMod: 'users', validator });
    await rule({ username: { $ne: 'bob' } });
    onTestFinished(async () => void (await rule({})));
    const here = await signUp(app);
    await source.insertMany([tutorialUser(here.username), tutorialUser('bob')]);
    const run = await importThem();
    expect(run.code).toBe(1);
    expect(run.json).not.toHaveProperty('skipped');
  });

  it('is complete after a killed run and another one', async () => {
    const COUNT = 10_000;
    const documents = Array.from({ length: COUNT }, (_, index) => tutorialUser(`user-${index}`));
    await source.insertMany(documents);
    const firstOne = app.db.collection('users').watch();
    await firstOne.tryNext(); // opens it
    const child = spawnCli(['import-tutorial', '--from', sourceUri], { env });
    const closed = once(child, 'close');
    await firstOne.next();
    child.kill('SIGKILL');
    await Promise.all([closed, firstOne.close()]);
    const half = await app.db.collection('users').countDocuments();
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(COUNT);

    const rest = await importThem();
    expect(rest).toMatchObject({ code: 0, json: { read: COUNT, skipped: [] } });
    expect(rest.json.created + rest.json.present).toBe(COUNT);
    expect(rest.json.present).toBeGreaterThanOrEqual(half);
    expect(await app.db.collection('users').countDocuments()).toBe(COUNT);
    const incomplete = { $or: [{ passwordHash: { $ne: plainHash } }, { credentialVersion: { $ne: 0 } }] };
    expect(await app.db.collection('users').countDocuments(incomplete)).toBe(0);
  });

  it('allows two imports at once', async () => {
    await source.insertMany(Array.from({ length: 3_000 }, () => tutorialUser(freshUsername())));
    const runs = await Promise.all([importThem(), importThem()]);
    expect(runs.map(({ json }) => json.skipped)).toEqual([[], []]);
    expect(runs[0].json.created + runs[1].json.created).toBe(3_000);
  });

  it('reads users from another collection', async () => {
    await sourceClient.db().collection('people').insertOne(tutorialUser('ada'));
    const run = await importThem('--collection', 'people');
    expect(run.json).toMatchObject({ read: 1, created: 1 });
  });

  it('rejects its own database, and an invalid connection string without quoting it', async () => {
    const itself = await runCli(['import-tutorial', '--from', env.MONGODB_URI!], { env });
    expect(itself).toMatchObject({ code: 2, stdout: '' });
    expect(itself.stderr).toContain('--from is the database of MONGODB_URI');

    const unreadable = await runCli(['import-tutorial', '--from', 'mongodb://me:s3cr3t@:x@/'], { env });
    expect(unreadable.code).toBe(2);
    expect(unreadable.stderr).not.toContain('s3cr3t');
    expect((await runCli(['import-tutorial'], { env })).code).toBe(2);
  });

  it.each([
    ['a database without such a collection', async () => {}],
    ['a collection that is empty', () => sourceClient.db().createCollection('users')],
  ])('fails on %s, and reports where it looked', async (_, prepare) => {
    await prepare();
    const { host, pathname } = new URL(sourceUri);
    const run = await runCli(['import-tutorial', '--from', sourceUri], { env });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain(
      `no documents in the collection "users" of the database "${pathname.slice(1)}" at ${host}`,
    );
    expect((await runCliJson(['import-tutorial', '--from', sourceUri], { env })).json).toMatchObject({
      error: { code: 'nothing_to_import' },
    });
  });

  it('rejects a connection string without a database', async () => {
    const { host } = new URL(sourceUri);
    for (const from of [`mongodb://${host}`, `mongodb://${host}/`, `mongodb://me:s3cr3t@${host}/?replicaSet=rs0`]) {
      const run = await runCli(['import-tutorial', '--from', from], { env });
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toContain('--from names no database');
      expect(run.stderr).not.toContain('s3cr3t');
    }
  });

  it('fails if the source is unavailable', async () => {
    const run = await runCliJson(['import-tutorial', '--from', 'mongodb://127.0.0.1:9/old'], { env });
    expect(run.code).toBe(1);
  });
});
