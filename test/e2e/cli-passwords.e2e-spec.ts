import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { runCli, runCliJson, runCliProcess, spawnCli } from '../support/cli.js';
import { expectError } from '../support/expect-error.js';
import { databaseUri, startTestApp, TEST_SECRET, testSettings, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'another horse battery staple';

let app: TestApp;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  app = await startTestApp();
  env = testSettings({ MONGODB_URI: databaseUri(app.db.databaseName) });
});
afterAll(() => app.close());

const run = async (args: string[], input: Buffer | string) => {
  const { code, stderr } = await runCli(args, { env, input });
  return { code, stderr };
};

describe('user reset-password', () => {
  it('prints a one-time token and its end, which sets a password, or the first one, with mail off', async () => {
    for (const change of [{}, { $unset: { passwordHash: 1 } }]) {
      const account = await signUp(app);
      const users = app.db.collection('users');
      if ('$unset' in change) await users.updateOne({ username: account.username }, change);
      const { code, json } = await runCliJson(['user', 'reset-password', account.username], { env });
      const { token, expiresAt } = json as { token: string; expiresAt: string };
      expect([code, Date.parse(expiresAt) > Date.now()]).toEqual([0, true]);
      const body = { token, newPassword: NEW_PASSWORD };
      await app.agent().put('/password-resets').send(body).expect(200);
      expectError(await app.agent().put('/password-resets').send(body), 'invalid_token');
      await signIn(app, { ...account, password: NEW_PASSWORD });
    }
  });

  it('prints a link that starts with FRONTEND_URL', async () => {
    const account = await signUp(app);
    const withFrontend = { ...env, FRONTEND_URL: 'https://app.example.com' };
    const { stdout } = await runCli(['user', 'reset-password', account.username], { env: withFrontend });
    expect(stdout).toMatch(/^https:\/\/app\.example\.com\/reset-password#[\w-]{43}\nWorks once, until \d{4}-/);
  });
});

describe('user set-password', () => {
  it('replaces the password, ends every session and voids every device cookie', async () => {
    const account = await signUp(app);
    const agent = await signIn(app, account);
    const set = await runCliJson(['user', 'set-password', account.username.toUpperCase()], {
      env,
      input: NEW_PASSWORD,
    });
    expect(set).toMatchObject({ code: 0, stderr: '', json: { userName: account.username, revokedSessions: 1 } });
    expectError(await agent.get('/users/me'), 'session_revoked', { reason: 'password_changed' });
    expectError(await app.agent().post('/users/login').send(account), 'invalid_credentials');
    await signIn(app, { ...account, password: NEW_PASSWORD });
    const user = await app.db.collection('users').findOne({ username: account.username });
    expect(user).toMatchObject({ credentialVersion: 1 });
    const events = await app.db.collection('audit_events').find({ userId: user!._id, userAgent: 'operator' }).toArray();
    expect(events.map(({ type }) => type as string).sort()).toEqual(['password_changed', 'session_revoked']);
  });

  it('sets a first password for an account that has none', async () => {
    const account = await signUp(app);
    await app.db.collection('users').updateOne({ username: account.username }, { $unset: { passwordHash: 1 } });
    const set = await runCliJson(['user', 'set-password', account.username], { env, input: `${NEW_PASSWORD}\r\n` });
    expect(set).toMatchObject({ code: 0, json: { revokedSessions: 0 } });
    const agent = await signIn(app, { ...account, password: NEW_PASSWORD });
    expect((await agent.get('/users/me')).status).toBe(200);
  });

  it.each([
    ['short', 'password: '],
    ['password123', 'password: '],
  ])('applies the rules of a sign-up: %s', async (input, line) => {
    const account = await signUp(app);
    const set = await run(['user', 'set-password', account.username], input);
    expect(set.code).toBe(1);
    expect(set.stderr).toContain(line);
    const agent = await signIn(app, account);
    expect((await agent.get('/users/me')).status).toBe(200);
  });

  it('reports an unknown user', async () => {
    const set = await runCliJson(['user', 'set-password', freshUsername()], { env, input: NEW_PASSWORD });
    expect(set).toMatchObject({ code: 1, json: { error: { code: 'no_such_user' } } });
  });
});

/** @see https://github.com/google/go-containerregistry/issues/1759 */
describe('a password on stdin', () => {
  it.each([
    ['a byte order mark', `\ufeff${PASSWORD}\n`],
    ['a mark and a line end of Windows', `\ufeff${PASSWORD}\r\n`],
    ['no line end', PASSWORD],
    ['more lines', `${PASSWORD}\nmore\n`],
  ])('is what was typed, with %s', async (_, input) => {
    const username = freshUsername();
    expect(await run(['user', 'create', username], Buffer.from(input))).toEqual({ code: 0, stderr: '' });
    const agent = await signIn(app, { username, password: PASSWORD });
    expect((await agent.get('/users/me')).status).toBe(200);
  });

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${PASSWORD}\n`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(PASSWORD, 'utf16le')],
    ['Latin-1', Buffer.from('motörhead battery staple', 'latin1')],
  ])('is rejected in %s, and nothing is stored', async (_, input) => {
    const username = freshUsername();
    const { code, stderr } = await run(['user', 'create', username], input);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'stdin must be text in UTF-8.\n' });
    expect(await app.db.collection('users').countDocuments({ username })).toBe(0);
  });

  it('is read in the same way by set-password', async () => {
    const account = await signUp(app);
    const setPassword = (input: Buffer) => run(['user', 'set-password', account.username], input);
    expect(await setPassword(Buffer.from(NEW_PASSWORD, 'utf16le'))).toMatchObject({ code: 2 });
    await signIn(app, account);
    expect(await setPassword(Buffer.from(`\ufeff${NEW_PASSWORD}\r\n`))).toMatchObject({ code: 0 });
    await signIn(app, { ...account, password: NEW_PASSWORD });
  });

  it('is read without waiting for the end of stdin', async () => {
    const username = freshUsername();
    const child = spawnCli(['user', 'create', username], { env });
    child.stdin!.write(`${PASSWORD}\n`);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
  });
});

describe('a command without NODE_ENV', () => {
  const unnamed = () => ({ MONGODB_URI: env.MONGODB_URI, SESSION_SECRETS: TEST_SECRET });
  const DATABASE = () => `Database: ${app.db.databaseName} at 127.0.0.1:`;

  it('uses MONGODB_URI, whatever .env contains, and prints the database', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'session-auth-cli-'));
    try {
      await writeFile(join(cwd, '.env'), 'MONGODB_URI=mongodb://127.0.0.1:1/other\n');
      const { username } = await signUp(app);
      const list = await runCliProcess(['session', 'list', username], { env: unnamed(), cwd });
      expect(list.code).toBe(0);
      expect(list.stderr).toContain(DATABASE());
    } finally {
      await rm(cwd, { recursive: true });
    }
  });

  it('needs no development file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'session-auth-cli-'));
    try {
      const root = join(import.meta.dirname, '../..');
      for (const name of ['dist', 'package.json']) await cp(join(root, name), join(folder, name), { recursive: true });
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
      await rm(join(folder, 'dist/dev'), { recursive: true });
      const { username } = await signUp(app);
      const list = await runCliProcess(['session', 'list', username], { env: unnamed(), dist: join(folder, 'dist') });
      expect(list).toMatchObject({ code: 0, stderr: expect.stringContaining(DATABASE()) as string });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('prints nothing if NODE_ENV is set', async () => {
    const { username } = await signUp(app);
    const list = await runCliProcess(['session', 'list', username], { env: { ...unnamed(), NODE_ENV: 'production' } });
    expect(list).toMatchObject({ code: 0, stderr: '' });
  });
});
