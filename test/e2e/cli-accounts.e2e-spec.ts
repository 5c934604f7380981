import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../src/dev/embedded-mongo.js';
import { freshUsername, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { runCli, runCliJson, runCliProcess, spawnCli } from '../support/cli.js';
import { expectError } from '../support/expect-error.js';
import { databaseUri, startTestApp, testSettings, type TestApp } from '../support/test-app.js';

let app: TestApp;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  app = await startTestApp();
  env = testSettings({ MONGODB_URI: databaseUri(app.db.databaseName) });
});
afterAll(() => app.close());

const activity = async (username: string): Promise<string[]> => {
  const user = await app.db.collection('users').findOne({ username });
  const ofOperator = { userId: user!._id, userAgent: 'operator' };
  const events = app.db.collection('audit_events').find(ofOperator).sort({ at: 1, _id: 1 });
  return (await events.toArray()).map(({ type }) => String(type));
};

describe('any command', () => {
  it('exits although the app could not start', async () => {
    const MONGODB_URI = databaseUri();
    const db = app.db.client.db(new URL(MONGODB_URI).pathname.slice(1));
    await db.collection('users').createIndex({ username: 1 }, { name: 'username_unique' });
    try {
      const run = await runCliProcess(['session', 'list', 'ada'], { env: { ...env, MONGODB_URI } });
      expect(run).toMatchObject({ code: 1, stdout: '' });
      expect(run.stderr).toContain('username_unique');
    } finally {
      await db.dropDatabase();
    }
  });

  it('exits silently if its output is closed', async () => {
    const { username } = await signUp(app);
    const child = spawnCli(['session', 'list', username], { env });
    child.stdout!.destroy();
    const [[code], said] = await Promise.all([once(child, 'close'), text(child.stderr!)]);
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });
});

describe('user create', () => {
  it('creates an account that signs in with the password from stdin', async () => {
    const username = freshUsername();
    const run = await runCliJson(['user', 'create', username.toUpperCase()], { env, input: `${PASSWORD}\n` });
    expect(run.code).toBe(0);
    const made = run.json as { userId: string; userName: string };
    expect(made.userName).toBe(username);
    expect(run.stderr).toBe('');
    const agent = await signIn(app, { username, password: PASSWORD });
    const me = await agent.get('/users/me').expect(200);
    expect(me.body.userId).toBe(made.userId);
  });

  it('applies the rules of a sign-up and names the violated one', async () => {
    const short = await runCli(['user', 'create', freshUsername()], { env, input: 'short\n' });
    expect(short).toMatchObject({ code: 1, stdout: '' });
    expect(short.stderr).toContain('password: This value is too short.');

    const { username } = await signUp(app);
    const taken = await runCliJson(['user', 'create', username], { env, input: PASSWORD });
    expect(taken).toMatchObject({ code: 1, json: { error: { code: 'username_taken' } } });
  });

  it('rejects a password in the arguments, and a missing one', async () => {
    const inArguments = await runCli(['user', 'create', freshUsername(), '--password', PASSWORD], { env });
    expect(inArguments.code).toBe(2);
    expect(inArguments.stderr).not.toContain(PASSWORD);
    expect(await runCli(['user', 'create', freshUsername()], { env, input: '' })).toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});

describe('user disable, enable and delete', () => {
  it('revokes the sessions of a disabled account, which can sign in again once enabled', async () => {
    const account = await signUp(app);
    const agent = await signIn(app, account);
    expect(await runCli(['user', 'disable', account.username], { env })).toMatchObject({ code: 0, stderr: '' });
    expectError(await agent.get('/users/me'), 'session_revoked', { reason: 'account_disabled' });
    expectError(await app.agent().post('/users/login').send(account), 'account_disabled');

    expect(await runCli(['user', 'enable', account.username], { env })).toMatchObject({ code: 0, stderr: '' });
    await signIn(app, account);
    expect(await activity(account.username)).toEqual(['account_disabled', 'session_revoked', 'account_enabled']);
  });

  it('deletes an account only with --yes', async () => {
    const account = await signUp(app);
    const agent = await signIn(app, account);
    expect((await runCli(['user', 'delete', account.username], { env })).code).toBe(2);
    await agent.get('/users/me').expect(200);

    expect(await runCli(['user', 'delete', account.username, '--yes'], { env })).toMatchObject({ code: 0, stderr: '' });
    expectError(await agent.get('/users/me'), 'session_revoked', { reason: 'account_deleted' });
    expectError(await app.agent().post('/users/login').send(account), 'invalid_credentials');
  });

  it('reports an unknown username', async () => {
    for (const args of [
      ['user', 'disable'],
      ['user', 'enable'],
      ['session', 'list'],
    ]) {
      const run = await runCliJson([...args, 'nobody-of-this-name'], { env });
      expect(run).toMatchObject({ code: 1, json: { error: { code: 'no_such_user' } } });
    }
  });
});

describe('session list and revoke', () => {
  it('lists active sessions without secret ids and revokes one, then all', async () => {
    const account = await signUp(app);
    const [first, second] = [await signIn(app, account), await signIn(app, account)];
    const listed = await runCliJson(['session', 'list', account.username], { env });
    expect(listed.code).toBe(0);
    const own = await first.get('/sessions/current').expect(200);
    const { items } = listed.json as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toContain(own.body.id);
    expect(items).toHaveLength(2);
    const stored = (await app.sessions.all()).find(({ publicId }) => publicId === own.body.id);
    expect(listed.stdout).not.toContain(stored!._id);

    const id = own.body.id.toUpperCase();
    const one = await runCliJson(['session', 'revoke', account.username, '--id', id], { env });
    expect(one).toMatchObject({ code: 0, json: { revoked: [own.body.id] } });
    expectError(await first.get('/users/me'), 'session_revoked', { reason: 'revoked' });
    await second.get('/users/me').expect(200);

    expect((await runCli(['session', 'revoke', account.username, '--all'], { env })).stdout).toBe(
      'Revoked 1 session.\n',
    );
    expectError(await second.get('/users/me'), 'session_revoked', { reason: 'revoked' });
    expect(await activity(account.username)).toEqual(['session_revoked', 'session_revoked']);
  });

  it('does not revoke a session of another account', async () => {
    const [owner, other] = [await signUp(app), await signUp(app)];
    const agent = await signIn(app, owner);
    const { body } = await agent.get('/sessions/current').expect(200);
    const run = await runCliJson(['session', 'revoke', other.username, '--id', body.id], { env });
    expect(run).toMatchObject({ code: 0, json: { revoked: [] } });
    await agent.get('/users/me').expect(200);
  });

  it('requires exactly one of --id and --all', async () => {
    const { username } = await signUp(app);
    expect((await runCli(['session', 'revoke', username], { env })).code).toBe(2);
    expect((await runCli(['session', 'revoke', username, '--id', 'x', '--all'], { env })).code).toBe(2);
  });
});

describe('the settings of a command', () => {
  it('reports invalid settings without their values and exits with 1', async () => {
    const run = await runCli(['user', 'enable', 'ada'], { env: { ...env, SESSION_SECRETS: 'tooshortasecret' } });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('SESSION_SECRETS must be');
    expect(run.stderr).not.toContain('tooshortasecret');
  });

  it('reports that MongoDB is unavailable', async () => {
    const away = testSettings({ MONGODB_URI: 'mongodb://127.0.0.1:9/app' });
    const run = await runCliJson(['session', 'list', 'ada'], { env: away });
    expect(run).toMatchObject({ code: 1, json: { error: { code: 'database_unavailable' } } });
  });

  it('needs no development file in production', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'session-auth-cli-'));
    try {
      const root = join(import.meta.dirname, '../..');
      for (const name of ['data', 'dist', 'package.json'])
        await cp(join(root, name), join(folder, name), { recursive: true });
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
      await rm(join(folder, 'dist/dev'), { recursive: true });
      const production = { ...env, NODE_ENV: 'production', BCRYPT_COST: '10' };
      const { username } = await signUp(app);
      const run = await runCliProcess(['session', 'list', username], { env: production, dist: join(folder, 'dist') });
      expect(run).toEqual({ code: 0, stdout: 'No active sessions.\n', stderr: '' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('uses the embedded MongoDB of this folder if MONGODB_URI is not set', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'session-auth-cli-'));
    const options = { cwd, env: { BCRYPT_COST: '4' }, input: PASSWORD };
    try {
      const without = await runCliProcess(['user', 'create', 'ada'], options);
      expect(without.code).toBe(1);
      expect(without.stderr).toContain('MONGODB_URI is not set, and no `npm start` is running in this folder');

      const mongo = await startEmbeddedMongo({ dbPath: join(cwd, '.data/mongo') });
      try {
        const created = await runCliProcess(['user', 'create', 'ada'], options);
        expect(created.stderr).toMatch(/^Database: \S+ at 127\.0\.0\.1:\d+\n$/);
        expect((await runCliProcess(['session', 'list', 'ada'], options)).stdout).toBe('No active sessions.\n');
      } finally {
        await mongo.stop();
      }
    } finally {
      await rm(cwd, { recursive: true });
    }
  });
});
