import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { BuiltApp } from '../support/app-process.js';
import { setCookie } from '../support/cookies.js';
import { isRunning } from '../support/is-running.js';
import { memoryFolder } from '../support/memory-folder.js';
import { databaseUri } from '../support/test-app.js';

/** `npm start` in an empty folder: the app, its secret and a real MongoDB under .data/. */
describe('npm start', () => {
  let folder: string;
  const running: BuiltApp[] = [];
  beforeEach(async () => {
    folder = await memoryFolder();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.exit('SIGTERM')));
    await rm(folder, { recursive: true, force: true });
  });

  function start(): BuiltApp {
    const app = new BuiltApp('dev/main.js', { PORT: '0' }, folder);
    running.push(app);
    return app;
  }

  // Takes longer than 10 s: each first start makes a replica set.
  it('keeps accounts and sessions when it is stopped and started again', async () => {
    const first = start();
    const url = await first.url();
    expect(first.output).toContain('Listening on');
    expect(first.output).toContain(join(folder, '.data/mongo'));
    expect(first.output).toContain(`curl -i ${url}/users/signup`);
    const secret = await readFile(join(folder, '.data/session-secret'), 'utf8');
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(first.output).not.toContain(secret);
    const { account, cookie } = await signUpAndIn(url);
    const mongod = await mongodOf(folder);
    expect(isRunning(mongod)).toBe(true);
    expect(await first.exit('SIGINT')).toBe(0);
    expect(isRunning(mongod)).toBe(false);

    const again = await start().url();
    await supertest(again).get('/users/protected').set('Cookie', cookie).expect(200);
    await supertest(again).post('/users/login').send(account).expect(200);
    // It has a mailbox in place of a mail server; a name that is not this machine's has none.
    await supertest(again).get('/dev/mail').expect(200, { items: [] });
    await supertest(again).get('/dev/mailbox').expect(200);
    await supertest(again).get('/dev/mail').set('Host', 'app.example.com').expect(404);
  });

  it('starts again after a kill: no orphaned mongod blocks it, and nothing is lost', async () => {
    const first = start();
    const { account, cookie } = await signUpAndIn(await first.url());
    const orphan = await mongodOf(folder);
    expect(await first.exit('SIGKILL')).toBe('SIGKILL');

    const again = await start().url();
    expect(await mongodOf(folder)).not.toBe(orphan);
    expect(isRunning(orphan)).toBe(false);
    await supertest(again).get('/users/protected').set('Cookie', cookie).expect(200);
    await supertest(again).post('/users/login').send(account).expect(200);
  });

  it('reports a second start in the same folder, and the first app continues', async () => {
    const url = await start().url();
    const second = start();
    expect(await second.exit()).toBe(1);
    expect(second.output).toContain('is in use by this app in process');
    expect(second.output).not.toContain('    at ');
    await supertest(url).get('/health/ready').expect(200);
  });

  it('reads .env, the environment takes precedence, and production reads no .env', async () => {
    const lines = ['PORT=none', 'DOCS_ENABLED=false', `MONGODB_URI=${databaseUri('newcomer')}`];
    await writeFile(join(folder, '.env'), lines.join('\n'));
    await supertest(await start().url())
      .get('/docs')
      .expect(404);
    const production = new BuiltApp('main.js', { PORT: '0' }, folder);
    expect(await production.exit()).toBe(1);
    expect(production.output).toContain('MONGODB_URI is required');
  });
});

async function signUpAndIn(url: string) {
  const account = { username: freshUsername(), password: PASSWORD };
  await supertest(url).post('/users/signup').send(account).expect(201);
  const answer = await supertest(url).post('/users/login').send(account).expect(200);
  return { account, cookie: setCookie(answer)!.pair };
}

async function mongodOf(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, '.data/mongo/mongod.lock'), 'utf8'), 10);
}
