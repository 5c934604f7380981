import * as bcrypt from 'bcrypt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freshUsername, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { PasswordHasherService } from '../../src/users/password-hasher.service.js';
import { UsersService } from '../../src/users/users.service.js';
import { expectError } from '../support/expect-error.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

/** One database, and one app after another on it: passport keeps one local strategy per process, the last app's. */
describe('an older password hash', () => {
  const MONGODB_URI = databaseUri();
  let app: TestApp;
  const start = async (settings: NodeJS.ProcessEnv = {}) => {
    app = await startTestApp({ MONGODB_URI, ...settings });
    return app;
  };
  const stop = () => app.app.close();
  afterEach(() => app.close());

  it('is verified as plain bcrypt of an imported account, and upgraded at that sign-in', async () => {
    await start();
    const username = freshUsername();
    const passwordHash = await bcrypt.hash(PASSWORD, 4);
    await app.db.collection('users').insertOne({ username, passwordHash, roles: ['user'], createdAt: new Date() });
    const wrong = { username, password: 'not the password' };
    expectError(await app.agent().post('/users/login').send(wrong), 'invalid_credentials');
    expect(await storedHash(app, username)).toBe(passwordHash);

    await signIn(app, { username, password: PASSWORD });
    await hashBecomes(app, username, /^bcrypt-hmac-sha384::\$2b\$04\$/);
    await signIn(app, { username, password: PASSWORD });
    expectError(await app.agent().post('/users/login').send(wrong), 'invalid_credentials');
  });

  it('is not upgraded if the password was changed meanwhile', async () => {
    await start();
    app.singleProcess('its hasher is held up');
    const username = freshUsername();
    const [passwordHash, changed] = [await bcrypt.hash(PASSWORD, 4), await bcrypt.hash('another good one', 4)];
    await app.db.collection('users').insertOne({ username, passwordHash, roles: ['user'], createdAt: new Date() });
    const hasher = app.app.get(PasswordHasherService, { strict: false });
    const hash = hasher.hash.bind(hasher);
    vi.spyOn(hasher, 'hash').mockImplementationOnce(async (password) => {
      await app.db.collection('users').updateOne({ username }, { $set: { passwordHash: changed } });
      return hash(password);
    });
    const replaced = vi.spyOn(app.app.get(UsersService, { strict: false }), 'replaceHash');
    await signIn(app, { username, password: PASSWORD });
    await expect.poll(() => replaced).toHaveResolved();
    expect(await storedHash(app, username)).toBe(changed);
  });

  // Takes longer than 10 s: it starts the app five times, on two processes in the state tests.
  it('moves to a higher cost and to each newest pepper; without its pepper it verifies no password', async () => {
    const [old, newer] = [`a:${'1'.repeat(32)}`, `b:${'2'.repeat(32)}`];
    await start();
    const account = await signUp(app);
    await stop();

    await start({ BCRYPT_COST: '5', PASSWORD_PEPPERS: old });
    await signIn(app, account);
    await hashBecomes(app, account.username, /^bcrypt-hmac-sha384:a:\$2b\$05\$/);
    await stop();

    await start({ BCRYPT_COST: '5', PASSWORD_PEPPERS: `${newer},${old}` });
    await signIn(app, account);
    await hashBecomes(app, account.username, /^bcrypt-hmac-sha384:b:\$2b\$05\$/);
    await stop();

    await start({ BCRYPT_COST: '5', PASSWORD_PEPPERS: newer });
    await signIn(app, account);
    await stop();

    await start();
    expectError(await app.agent().post('/users/login').send(account), 'invalid_credentials');
  });

  it('with an unknown pepper counts as a wrong password, and the log names only the pepper', async () => {
    const peppered = `bcrypt-hmac-sha384:gone:${await bcrypt.hash(PASSWORD, 4)}`;
    await start();
    const account = await signUp(app);
    await app.db.collection('users').updateOne({ username: account.username }, { $set: { passwordHash: peppered } });
    for (let attempt = 0; attempt < 2; attempt++) {
      expectError(await app.agent().post('/users/login').send(account), 'invalid_credentials');
    }
    const lines = (await app.allLogs()).filter(({ event }) => event === 'pepper_missing');
    expect(lines).toEqual([
      expect.objectContaining({ level: 'error', pepper: 'gone' }),
      expect.objectContaining({ level: 'error', pepper: 'gone' }),
    ]);
    const text = JSON.stringify(lines);
    for (const kept of [account.username, PASSWORD, '$2b$']) expect(text).not.toContain(kept);
  });
});

async function storedHash(app: TestApp, username: string): Promise<unknown> {
  return (await app.db.collection('users').findOne({ username }))?.passwordHash;
}

/** The response does not wait for the upgrade, so this polls for it. */
async function hashBecomes(app: TestApp, username: string, pattern: RegExp): Promise<void> {
  await expect.poll(() => storedHash(app, username)).toMatch(pattern);
}
