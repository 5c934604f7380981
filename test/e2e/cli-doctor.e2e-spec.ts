import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { randomBytes } from 'node:crypto';
import { MongoClient, type Db, type ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { Problem } from '../../src/cli/doctor/check.types.js';
import type { CheckResult } from '../../src/cli/doctor/run-checks.js';
import { EXAMPLE_SECRET } from '../../src/config/env.schema.js';
import { INDEXES } from '../../src/database/indexes.js';
import { findMongod } from '../../src/dev/mongod-binary.js';
import { runCli, runCliJson, runCliProcess } from '../support/cli.js';
import { redisIsMissing } from '../support/redis-missing.js';
import { RedisServer } from '../support/redis-server.js';
import { databaseUri, freshDatabase } from '../support/test-app.js';

const GOOD_SECRET = randomBytes(32).toString('base64url');
const WEAK_SECRET = 'abcabcabc'.repeat(5);

let client: MongoClient;
const made: Db[] = [];

beforeAll(async () => {
  client = await new MongoClient(inject('mongodbUri')).connect();
});
afterAll(async () => {
  await Promise.all(made.map((db) => db.dropDatabase()));
  await client.close();
});

/** A database as the app leaves it. */
async function healthyDatabase(): Promise<Db> {
  const db = client.db(freshDatabase());
  made.push(db);
  await Promise.all(Object.entries(INDEXES).map(([name, indexes]) => db.collection(name).createIndexes(indexes)));
  return db;
}

/** Production behind one proxy, nothing wrong with it. */
function healthySettings(db: Db): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    MONGODB_URI: databaseUri(db.databaseName),
    SESSION_SECRETS: GOOD_SECRET,
    TRUST_PROXY: '1',
    BCRYPT_COST: '10',
    UV_THREADPOOL_SIZE: '256',
  };
}

async function examine(env: NodeJS.ProcessEnv) {
  const run = await runCliJson(['doctor'], { env });
  const json = run.json as { ok: boolean; checks: CheckResult[] };
  return { ...run, json, problems: json.checks.flatMap(({ problems }) => problems) };
}

const failedCodes = (problems: Problem[]): string[] =>
  problems.filter(({ severity }) => severity === 'failed').map(({ code }) => code);

/** What the doctor says of a healthy system on which one thing was spoilt. */
async function afterSpoiling(settings: NodeJS.ProcessEnv, spoil: (db: Db) => Promise<unknown> = async () => {}) {
  const db = await healthyDatabase();
  await spoil(db);
  return examine({ ...healthySettings(db), ...settings });
}

describe('doctor', () => {
  it('passes on a healthy system', async () => {
    const db = await healthyDatabase();
    const { code, json, problems, stdout } = await examine(healthySettings(db));
    expect(json.ok).toBe(true);
    expect(code).toBe(0);
    // The embedded MongoDB is alone, and a machine may be busy or fast.
    const expected = new Set(['too_few_members', 'hash_too_fast', 'hash_too_slow']);
    expect(problems.filter((problem) => !expected.has(problem.code))).toEqual([]);
    expect(json.checks.every(({ status }) => status !== 'skipped')).toBe(true);
    expect(stdout).not.toContain(GOOD_SECRET);
  });

  it('changes nothing: an empty database stays empty', async () => {
    const db = client.db(freshDatabase());
    const { code, problems } = await examine(healthySettings(db));
    expect(problems.map((problem) => problem.code)).toContain('collection_missing');
    expect(code).toBe(0);
    expect(await db.listCollections().toArray()).toEqual([]);
  });

  const badSettings: [string, string, NodeJS.ProcessEnv][] = [
    ['a secret that repeats itself', 'secret_weak', { SESSION_SECRETS: WEAK_SECRET }],
    ['a secret made of words', 'secret_placeholder', { SESSION_SECRETS: `please-replace-${'me-'.repeat(9)}` }],
    ['the secret of the example', 'setting_invalid', { SESSION_SECRETS: EXAMPLE_SECRET }],
    ['one secret for two purposes', 'secret_reused', { PASSWORD_PEPPERS: `p1:${GOOD_SECRET}` }],
    ['HTTPS only, and no proxy trusted', 'proxy_not_trusted', { TRUST_PROXY: '0' }],
    ['frontends of another site, and none named', 'origins_missing', { COOKIE_SAMESITE: 'none' }],
    ['a setting out of its range', 'setting_invalid', { SESSION_IDLE_TIMEOUT: 'a week' }],
    ['an address without a server', 'database_unreachable', { MONGODB_URI: 'mongodb://u:s3cr3t@127.0.0.1:9/app' }],
    ['an address that is none', 'setting_invalid', { MONGODB_URI: 'mongodb://u:s3cr3t@:x@/app' }],
    ['a hash that takes longer than it may wait', 'hash_longer_than_wait', { HASH_MAX_WAIT: '1s', BCRYPT_COST: '15' }],
  ];
  it.each(badSettings)('fails on %s: %s', async (_what, code, settings) => {
    const run = await afterSpoiling(settings);
    expect(failedCodes(run.problems)).toEqual([code]);
    expect(run.code).toBe(1);
    for (const secret of [GOOD_SECRET, WEAK_SECRET, EXAMPLE_SECRET, 's3cr3t']) expect(run.stdout).not.toContain(secret);
  });

  it('warns about what may be intended, without failing', async () => {
    const { code, problems } = await afterSpoiling({
      COOKIE_SECURE: 'false',
      ALLOWED_ORIGINS: 'http://app.example.com',
      COOKIE_SAME_SITE: 'none',
      SESSION_ABSOLUTE_TIMEOUT: '90d',
      SESSION_SHORT_IDLE_TIMEOUT: '48h',
      TRUST_PROXY: '9',
      HOST: '0.0.0.0',
      UV_THREADPOOL_SIZE: '1',
    });
    const warned = problems.map((problem) => problem.code);
    expect(warned).toEqual(
      expect.arrayContaining([
        'cookie_not_secure',
        'origin_not_https',
        'setting_misspelled',
        'lifetime_too_long',
        'idle_timeout_unreachable',
        'proxy_hops_many',
        'proxy_bypass',
        'threads_too_few',
      ]),
    );
    expect(failedCodes(problems)).toEqual([]);
    expect(code).toBe(0);
  });

  it('fails on a connection string with reads from secondaries', async () => {
    const db = await healthyDatabase();
    const settings = healthySettings(db);
    const { problems } = await examine({
      ...settings,
      MONGODB_URI: `${settings.MONGODB_URI}&readPreference=secondary`,
    });
    expect(failedCodes(problems)).toEqual(['setting_invalid']);
    expect(problems[0]!.message).toContain('readPreference');
  });

  it.each([
    ['audit_events', 'expires'],
    ['address_limits', 'expire'],
  ])(
    'reports expired documents of %s only after ten minutes of uptime: a starting server has not removed them yet',
    async (collection, field) => {
      const spoil = async (db: Db) => {
        await db.collection(collection).dropIndex(`${field}_ttl`);
        await db.collection(collection).insertOne({ [field]: new Date(0) });
      };
      const hello = await client.db().admin().command({ hello: 1 });
      const started = (hello.topologyVersion.processId as ObjectId).getTimestamp().getTime();
      vi.useFakeTimers({ toFake: ['Date'], now: started + 9 * 60_000 });
      onTestFinished(() => void vi.useRealTimers());
      expect(failedCodes((await afterSpoiling({}, spoil)).problems)).not.toContain('not_cleaned_up');
      vi.setSystemTime(started + 11 * 60_000);
      expect(failedCodes((await afterSpoiling({}, spoil)).problems)).toContain('not_cleaned_up');
    },
  );

  it('repairs indexes and collection names with --fix, and reports the changes', async () => {
    const db = await healthyDatabase();
    await db.collection('users').dropIndex('username_unique');
    await db.collection('sessions').dropIndex('expires_ttl');
    await db.collection('sessions').createIndex({ expires: 1 }, { name: 'expires_ttl' });
    await db.collection('sessions').createIndex({ ip: 1 }, { name: 'of_an_operator' });
    await db.collection<{ _id: string }>('deletions').insertOne({ _id: 'interrupted' });
    const run = await runCliJson(['doctor', '--fix'], { env: healthySettings(db) });
    const json = run.json as { ok: boolean; changes: string[]; checks: CheckResult[] };
    expect(json.changes).toEqual([
      'renamed the collection deletions to pending_deletions',
      'created the index username_unique of users',
      'created again the index expires_ttl of sessions',
    ]);
    expect(failedCodes(json.checks.flatMap(({ problems }) => problems))).toEqual([]);
    const names = (await db.collection('sessions').indexes()).map(({ name }) => name);
    expect(names).toContain('of_an_operator');
    expect(await db.collection('pending_deletions').countDocuments()).toBe(1);
    const again = (await runCliJson(['doctor', '--fix'], { env: healthySettings(db) })).json as { changes: string[] };
    expect(again.changes).toEqual([]);
  });

  it('reports with --fix which index cannot be created, and why', async () => {
    const db = await healthyDatabase();
    await db.collection('users').dropIndex('username_unique');
    await db.collection('users').insertMany([{ username: 'twice' }, { username: 'twice' }]);
    const { code, stderr } = await runCli(['doctor', '--fix'], { env: healthySettings(db) });
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot create index username_unique on users');
  });

  const badDatabases: [string, string, (db: Db) => Promise<unknown>][] = [
    ['names that two accounts can have', 'index_missing', (db) => db.collection('users').dropIndex('username_unique')],
    [
      'an index that removes nothing',
      'index_differs',
      async (db) => {
        await db.collection('sessions').dropIndex('expires_ttl');
        await db.collection('sessions').createIndex({ expires: 1 }, { name: 'expires_ttl' });
      },
    ],
    [
      'an index in the wrong order',
      'index_differs',
      async (db) => {
        await db.collection('sessions').dropIndex('user_sessions');
        await db.collection('sessions').createIndex({ createdAt: -1, userId: 1 }, { name: 'user_sessions' });
      },
    ],
    [
      "the database of the tutorial's app",
      'foreign_users',
      (db) => db.collection('users').insertOne({ username: 'ada', password: '$2b$10$' }),
    ],
  ];
  it.each(badDatabases)('fails on %s: %s', async (_what, code, spoil) => {
    const { problems, code: exit } = await afterSpoiling({}, spoil);
    expect(failedCodes(problems).join(', ')).toBe(code);
    expect(exit).toBe(1);
  });

  it('reports the database of the tutorial as that of another app, before its indexes', async () => {
    const db = client.db(freshDatabase());
    made.push(db);
    await db.collection('users').insertOne({ username: 'ada', password: '$2b$10$' });
    const { problems } = await examine(healthySettings(db));
    expect(failedCodes(problems)).toEqual(['foreign_users', 'index_missing', 'index_missing']);
  });

  it('passes on accounts without a password: of providers, of passkeys, and of older versions', async () => {
    const { problems, code } = await afterSpoiling({}, (db) =>
      db.collection('users').insertMany([
        { username: 'by-passkey', credentialVersion: 1, roles: ['user'], passkeyCount: 1 },
        { username: 'to-be-reset', credentialVersion: 2, roles: ['user'] },
        { username: 'by-provider', identities: [{ provider: 'github', subject: '1' }] },
      ]),
    );
    expect(failedCodes(problems)).toEqual([]);
    expect(code).toBe(0);
  });

  it('fails on accounts with a pepper that is not configured, and counts them', async () => {
    const [kept, gone] = ['2027a', '2025-a'];
    const hash = `$2b$04$${'.'.repeat(53)}`;
    const stored = [
      `bcrypt-hmac-sha384::${hash}`,
      `bcrypt-hmac-sha384:${kept}:${hash}`,
      ...[1, 2].map(() => `bcrypt-hmac-sha384:${gone}:${hash}`),
      // An id that only starts like a listed one.
      `bcrypt-hmac-sha384:${kept}2:${hash}`,
      hash,
    ];
    const { problems, code } = await afterSpoiling(
      { PASSWORD_PEPPERS: `${kept}:${randomBytes(32).toString('base64url')}` },
      async (db) => {
        const accounts = stored.map((passwordHash, index) => ({ username: `user-${index}`, passwordHash }));
        const byProvider = { username: 'nobody', identities: [{ provider: 'github', subject: '1' }] };
        await db.collection('users').insertMany([...accounts, byProvider]);
      },
    );
    expect(failedCodes(problems)).toEqual(['pepper_missing', 'pepper_missing']);
    const messages = problems.map(({ message }) => message).join('\n');
    expect(messages).toContain(`2 accounts have hashes made with the pepper ${gone}`);
    expect(messages).toContain(`1 account has a hash made with the pepper ${kept}2`);
    expect(code).toBe(1);
  });

  it('reports usernames and addresses in an old spelling, and renames accounts with --fix', async () => {
    const db = await healthyDatabase();
    const account = (username: string) => ({ username, passwordHash: 'bcrypt-hmac-sha384::$2b$' });
    await db.collection('users').insertMany(['σίσυφοσ', 'Ada', 'plain', 'ᾼ', 'ὀδυσσεύς', 'ὀδυσσεύσ'].map(account));
    await db.collection<{ _id: string }>('addresses').insertMany([{ _id: 'Ada@example.com' }, { _id: 'a@b.example' }]);
    const before = await examine(healthySettings(db));
    expect(failedCodes(before.problems)).toEqual(['username_not_canonical', 'address_not_canonical']);
    expect(before.problems.map(({ message }) => message).join('\n')).toContain('Usernames of 4 accounts');
    const run = await runCliJson(['doctor', '--fix'], { env: healthySettings(db) });
    const { changes } = run.json as { changes: string[] };
    const outcome = (text: string) => changes.filter((change) => change.startsWith(text)).length;
    expect([outcome('renamed the account'), outcome('left the account')]).toEqual([3, 1]);
    const names = (await db.collection('users').find().toArray()).map(({ username }) => username as string);
    expect(names).toEqual(['σίσυφος', 'ada', 'plain', 'ᾳ', 'ὀδυσσεύς', 'ὀδυσσεύσ']);
  });

  it('fails on a standalone mongod', async () => {
    const { path, version } = await findMongod();
    const mongod = await MongoMemoryServer.create({ binary: { systemBinary: path, version } });
    try {
      const { problems } = await afterSpoiling({ MONGODB_URI: mongod.getUri('app') });
      expect(failedCodes(problems)).toEqual(['standalone']);
    } finally {
      await mongod.stop();
    }
  });

  it('prints advice for operators, line by line', async () => {
    const db = await healthyDatabase();
    const run = await runCliProcess(['doctor'], { env: { ...healthySettings(db), TRUST_PROXY: '0' } });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('x FAILED   proxy and TLS');
    expect(run.stdout).toContain('-> Set TRUST_PROXY to the number of proxies in front');
    expect(run.stdout).toMatch(/1 of \d+ checks failed\./);
  });
});

describe.skipIf(redisIsMissing())('doctor, where sessions are in Redis', () => {
  let redis: RedisServer;
  let REDIS_URL: string;
  beforeAll(async () => {
    redis = await RedisServer.start();
    REDIS_URL = redis.url;
  });
  afterAll(() => redis?.stop());

  const ofRedis = async (settings: NodeJS.ProcessEnv = {}) => {
    const run = await afterSpoiling({ SESSION_STORE: 'redis', REDIS_URL, ...settings });
    return { ...run, found: run.problems.filter(({ code }) => code.startsWith('redis_')).map(({ code }) => code) };
  };

  it('passes with the documented settings', async () => {
    const { json, found, code } = await ofRedis();
    expect(found).toEqual([]);
    expect(code).toBe(0);
    const [ok, ...others] = new Set(
      json.checks.filter(({ name }) => name.includes('Redis')).map(({ status }) => status),
    );
    expect([ok, others]).toEqual(['ok', []]);
  });

  it.each([
    ['one that throws sessions away when it is full', 'redis_eviction_enabled', '--maxmemory-policy allkeys-lru', 1],
    ['one that forgets at a restart', 'redis_not_persistent', '--appendonly no', 1],
    ['one that may lose what it has acknowledged', 'redis_loses_writes', '--appendfsync everysec', 0],
    ['a replica', 'redis_replica', '--replicaof 127.0.0.1 9', 1],
    ['a cluster', 'redis_cluster', '--cluster-enabled yes', 1],
  ])('finds %s: %s', async (_what, code, settings, exit) => {
    const spoilt = await RedisServer.start(settings.split(' '));
    try {
      expect(await ofRedis({ REDIS_URL: spoilt.url })).toMatchObject({ found: [code], code: exit });
    } finally {
      await spoilt.stop();
    }
  });

  it.each([
    ['redis_unreachable', () => 'redis://u:s3cr3t@127.0.0.1:9'],
    ['redis_refused', () => REDIS_URL.replace('//', '//u:s3cr3t@')],
  ])('reports why Redis rejected it, without the password: %s', async (code, url) => {
    const { found, stdout, code: exit } = await ofRedis({ REDIS_URL: url() });
    expect(found).toEqual([code]);
    expect(exit).toBe(1);
    expect(stdout).not.toContain('s3cr3t');
  });

  it('reports the commands that it may not use', async () => {
    await redis.command(['ACL', 'SETUSER', 'app', 'on', '>geheim', '~*', '&*', '+@all', '-config']);
    const { problems, code } = await ofRedis({ REDIS_URL: REDIS_URL.replace('//', '//app:geheim@') });
    const unsure = problems.filter(({ code: each }) => each === 'not_checked');
    expect(unsure).toEqual([expect.objectContaining({ message: 'This could not be checked (NOPERM)' })]);
    expect(code).toBe(0);
  });
});
