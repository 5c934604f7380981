import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { MongoClient, type Collection } from 'mongodb';
import supertest from 'supertest';
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { EXAMPLE_SECRET } from '../../src/config/env.schema.js';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { BuiltApp } from '../support/app-process.js';
import { expectToLast, setCookie } from '../support/cookies.js';
import { expectError } from '../support/expect-error.js';
import { close, listen } from '../support/ports.js';
import { databaseUri } from '../support/test-app.js';

const SECRET = 'a-production-secret-of-sufficient-length';
const MONGODB_URI = databaseUri();
const VALID = { NODE_ENV: 'production', MONGODB_URI, SESSION_SECRETS: SECRET, PORT: '0', BCRYPT_COST: '10' };
const HTTPS = { 'X-Forwarded-Proto': 'https' };

describe('node dist/main.js in production', () => {
  let running: BuiltApp | undefined;
  const start = (settings: NodeJS.ProcessEnv) => (running = new BuiltApp('main.js', settings));
  afterEach(async () => {
    await running?.exit('SIGKILL');
    running = undefined;
  });
  afterAll(async () => {
    const client = await new MongoClient(MONGODB_URI).connect();
    await client.db().dropDatabase();
    await client.close();
  });

  it('does not start without its settings and names each missing one', async () => {
    const app = start({ NODE_ENV: 'production' });
    expect(await app.exit()).toBe(1);
    const lines = app.output.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^ {2}MONGODB_URI is required: /);
    expect(lines[2]).toMatch(/^ {2}SESSION_SECRETS is required: /);
  });

  it('is the default without NODE_ENV: the secret of the example stops the start', async () => {
    const { NODE_ENV: _, ...unnamed } = VALID;
    const app = start({ ...unnamed, SESSION_SECRETS: EXAMPLE_SECRET, HOST: '0.0.0.0' });
    expect(await app.exit()).toBe(1);
    expect(app.output).toContain('SESSION_SECRETS must not hold the value of .env.example in production');
  });

  it('serves nothing over plain HTTP without NODE_ENV', async () => {
    const { NODE_ENV: _, ...unnamed } = VALID;
    const url = await start(unnamed).url();
    expectError(await supertest(url).post('/users/logout'), 'https_required');
    expectError(await supertest(url).get('/docs').set(HTTPS), 'https_required');
  });

  // src/config/app.config.spec.ts has the wrong values of all settings.
  it.each([
    ['a placeholder secret', { SESSION_SECRETS: EXAMPLE_SECRET }, 'SESSION_SECRETS'],
    ['an address of another database', { MONGODB_URI: 'postgres://ada:geheim@db/x' }, 'MONGODB_URI'],
  ])('rejects %s in one line with the setting and without its value', async (_, wrong, name) => {
    const app = start({ ...VALID, ...wrong });
    expect(await app.exit()).toBe(1);
    const lines = app.output.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(new RegExp(`^ {2}${name} must `));
    for (const value of ['geheim', EXAMPLE_SECRET, SECRET, MONGODB_URI]) expect(app.output).not.toContain(value);
  });

  it.each([
    ['an address of another machine', () => ({ HOST: '192.0.2.1' }), 'HOST must be an address of this machine'],
    ['a port in use', (port: string) => ({ PORT: port }), 'PORT is in use by another process'],
    [
      'a port in use for metrics',
      (port: string) => ({ METRICS_PORT: port }),
      'METRICS_PORT is in use by another process',
    ],
  ])('rejects %s in one line', async (_, wrong, problem) => {
    const server = createServer();
    onTestFinished(() => close(server));
    const app = start({ ...VALID, ...wrong(String(await listen(server))) });
    expect(await app.exit()).toBe(1);
    const lines = app.output.trim().split('\n');
    const [title, line, ...more] = lines.filter((each) => !each.startsWith('{'));
    expect([title, ...more]).toEqual(['Invalid configuration:']);
    expect(line).toContain(problem);
    expect(app.output).not.toContain('192.0.2.1');
  });

  it.each<[string, string, (users: Collection) => Promise<unknown>]>([
    [
      'an index with other options',
      'an index with this name exists with other options',
      (users) => users.createIndex({ username: 1 }, { name: 'username_unique' }),
    ],
    [
      'the same index under another name',
      'an equivalent index exists with another name or other options',
      (users) => users.createIndex({ username: 1 }, { name: 'username_1', unique: true }),
    ],
    [
      'documents that it does not allow',
      'several documents have the same value',
      (users) => users.insertMany([{ username: 'ada-lovelace' }, { username: 'ada-lovelace' }]),
    ],
  ])('rejects %s in one line that names the index, the collection and doctor', async (_, why, prepare) => {
    const uri = databaseUri();
    const client = await new MongoClient(uri).connect();
    try {
      await prepare(client.db().collection('users'));
      const app = start({ ...VALID, MONGODB_URI: uri });
      expect(await app.exit()).toBe(1);
      expect(app.output.trim().split('\n')).toEqual([
        `Cannot create index username_unique on users: ${why}. Run npm run cli -- doctor for the fix.`,
      ]);
    } finally {
      await client.db().dropDatabase();
      await client.close();
    }
  });

  it('serves HTTPS behind a proxy, with a __Host- cookie', async () => {
    const app = start({ ...VALID, TRUST_PROXY: '1' });
    const url = await app.url();
    const account = { username: freshUsername(), password: PASSWORD };
    await supertest(url).post('/users/signup').set(HTTPS).send(account).expect(201);
    const answer = await supertest(url).post('/users/login').set(HTTPS).send(account).expect(200);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(setCookie(answer)).toBeUndefined();
    const { pair, attributes } = setCookie(answer, '__Host-sid')!;
    expect(attributes).toEqual({
      'max-age': expect.any(String),
      expires: expect.any(String),
      path: '/',
      httponly: true,
      secure: true,
      samesite: 'Lax',
    });
    expectToLast(attributes, 7 * 24 * 3_600);
    await supertest(url).get('/users/protected').set(HTTPS).set('Cookie', pair).expect(200);
    const cleared = await supertest(url).post('/users/logout').set(HTTPS).set('Cookie', pair).expect(200);
    expect(setCookie(cleared, '__Host-sid')!.attributes).toEqual({
      expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
      path: '/',
      httponly: true,
      secure: true,
      samesite: 'Lax',
    });
    expect(await app.exit('SIGTERM')).toBe(0);
    for (const secret of [PASSWORD, SECRET, decodeURIComponent(pair).split('=')[1]!]) {
      expect(app.output).not.toContain(secret);
    }
  });

  // The compiler writes the types of parameters into what it builds, where @nestjs/swagger finds them; tests run without.
  it('serves the committed OpenAPI document, without its page', async () => {
    const url = await start({ ...VALID, COOKIE_SECURE: 'false' }).url();
    const { body } = await supertest(url).get('/openapi.json').expect(200);
    expect(body).toEqual(JSON.parse(readFileSync('openapi.json', 'utf8')));
    for (const path of ['/docs', '/docs/start.js']) expectError(await supertest(url).get(path), 'not_found');
  });

  it('serves the documentation page with DOCS_ENABLED=true', async () => {
    const url = await start({ ...VALID, COOKIE_SECURE: 'false', DOCS_ENABLED: 'true' }).url();
    const { headers } = await supertest(url).get('/docs').expect(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
  });

  it('rejects plain HTTP with a hint at TRUST_PROXY, except for health checks', async () => {
    const url = await start({ ...VALID, TRUST_PROXY: '1' }).url();
    const requests = [
      supertest(url).post('/users/login').send({ username: 'ada', password: PASSWORD }),
      supertest(url).post('/users/signup').send({ username: 'ada', password: PASSWORD }),
      supertest(url).get('/users/protected').set('X-Forwarded-Proto', 'http'),
      supertest(url).post('/users/logout'),
    ];
    for (const answer of await Promise.all(requests)) {
      expectError(answer, 'https_required');
      expect(answer.body.message).toContain('TRUST_PROXY');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    await supertest(url).get('/health/live').expect(200);
    await supertest(url).get('/health/ready').expect(200);
  });

  it('trusts no proxy beyond TRUST_PROXY', async () => {
    const url = await start(VALID).url();
    expectError(await supertest(url).get('/users/protected').set(HTTPS), 'https_required');
  });

  it('serves plain HTTP with COOKIE_SECURE=false, and warns at the start', async () => {
    const app = start({ ...VALID, COOKIE_SECURE: 'false' });
    const url = await app.url();
    const account = { username: freshUsername(), password: PASSWORD };
    await supertest(url).post('/users/signup').send(account).expect(201);
    const answer = await supertest(url).post('/users/login').send(account).expect(200);
    expect(setCookie(answer)!.attributes).not.toHaveProperty('secure');
    await supertest(url).get('/users/protected').set('Cookie', setCookie(answer)!.pair).expect(200);
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
    const lines = app.output.split('\n').filter((line) => line.includes('COOKIE_SECURE'));
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['warn']);
  });
});
