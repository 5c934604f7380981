import { MongoClient } from 'mongodb';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/app.config.js';
import { judgeClock } from './clock.check.js';
import { connectionStringProblems } from './connection.check.js';
import { driverProblems } from './driver.check.js';
import { environmentProblems, threadProblems } from './environment.check.js';
import { judgeHashTime } from './hashing.check.js';
import { judgeSigningAlgorithms, providerProblems } from './providers.check.js';
import { judgeRedisVersion, redisUrlProblems } from './redis.check.js';
import { bitsOf } from './secrets.check.js';
import { judgeTopology } from './server.check.js';

const config = (more: NodeJS.ProcessEnv = {}) =>
  loadConfig({ NODE_ENV: 'test', MONGODB_URI: 'mongodb://127.0.0.1/app', SESSION_SECRETS: 'x'.repeat(32), ...more });
const codes = (problems: { code: string; severity: string }[]) =>
  problems.map(({ code, severity }) => `${severity}: ${code}`);

describe('doctor checks that one machine cannot reproduce', () => {
  it('distinguishes a wrong clock from a slow response', () => {
    expect(codes(judgeClock(10_000, 5_000, 15_000))).toEqual([]);
    expect(codes(judgeClock(10_000, 12_000, 12_100))).toEqual(['warning: clocks_differ']);
    expect(codes(judgeClock(100_000, 12_000, 12_100))).toEqual(['failed: clocks_differ']);
  });

  it('requires three replica set members in production', () => {
    const hello = (members: number) => ({ setName: 'rs0', hosts: Array.from({ length: members }, String) });
    expect(codes(judgeTopology(hello(1), true))).toEqual(['warning: too_few_members']);
    expect(codes(judgeTopology(hello(1), false))).toEqual([]);
    expect(codes(judgeTopology(hello(3), true))).toEqual([]);
    expect(codes(judgeTopology({ msg: 'isdbgrid' }, true))).toEqual([]);
    expect(codes(judgeTopology({}, false))).toEqual(['warning: standalone']);
  });

  it('finds a database over the network without password and TLS', () => {
    const remote = config({ NODE_ENV: 'production', MONGODB_URI: 'mongodb://db.example.com' });
    const found = connectionStringProblems(new MongoClient(remote.mongodbUri), remote);
    expect(codes(found)).toEqual(['warning: database_name_missing', 'warning: no_password', 'warning: no_tls']);
  });

  it('finds a Redis over the network without password and TLS, in production', () => {
    const found = (url: string, production = true) => codes(redisUrlProblems(url, { production }));
    expect(found('redis://cache.example.com')).toEqual(['warning: redis_no_password', 'warning: redis_no_tls']);
    expect(found('rediss://app:geheim@cache.example.com')).toEqual([]);
    expect(found('redis://127.0.0.1')).toEqual([]);
    expect(found('redis://cache.example.com', false)).toEqual([]);
  });

  it('rejects versions of Redis that are too old', () => {
    const old = ['5.0.14', '6.0.20'];
    expect(old.map((version) => codes(judgeRedisVersion(version)))).toEqual(old.map(() => ['failed: redis_old']));
    expect(['6.2.0', '7.0.15', '10.0.1'].flatMap(judgeRedisVersion)).toEqual([]);
  });

  it('finds a provider that signs with the client secret, and one that cannot be reached', async () => {
    expect(codes(judgeSigningAlgorithms('acme', ['HS256', 'none']))).toEqual(['failed: provider_signs_with_secret']);
    for (const algorithm of ['RS256', 'ES256', 'PS512', 'EdDSA', 'Ed25519']) {
      expect(judgeSigningAlgorithms('acme', ['HS256', algorithm])).toEqual([]);
    }
    const dead = config({ PUBLIC_URL: 'http://127.0.0.1', OIDC_PROVIDERS: 'acme http://127.0.0.1:9 id secret' });
    expect(codes(await providerProblems(dead))).toEqual(['warning: provider_unavailable']);
    expect(await providerProblems(config())).toEqual([]);
  });

  it('finds development settings with a remote database', () => {
    expect(codes(environmentProblems(config({ MONGODB_URI: 'mongodb://db.example.com/app' })))).toEqual([
      'warning: not_production',
    ]);
    expect(environmentProblems(config())).toEqual([]);
  });

  it('requires more threads than cores', () => {
    expect(codes(threadProblems({}, 8))).toEqual(['warning: threads_too_few']);
    expect(threadProblems({ UV_THREADPOOL_SIZE: '10' }, 8)).toEqual([]);
  });

  it('recommends a cost that takes a quarter of a second', () => {
    expect(judgeHashTime(30, config({ BCRYPT_COST: '10' }))[0]!.advice).toBe('Set BCRYPT_COST=13.');
    expect(judgeHashTime(2_000, config({ BCRYPT_COST: '14' }))[0]!.advice).toBe('Set BCRYPT_COST=11.');
    expect(judgeHashTime(250, config())).toEqual([]);
  });

  it('estimates the strength of a secret', () => {
    expect(bitsOf('a'.repeat(64))).toBe(0);
    expect(bitsOf('0123456789abcdef'.repeat(2))).toBe(128);
  });

  it('finds a second copy of the driver', async () => {
    const [one, two] = [await install('mongodb'), await install('mongodb', 'mongoose/node_modules/mongodb')];
    try {
      expect(driverProblems(join(one, 'main.js'))).toEqual([]);
      expect(codes(driverProblems(join(two, 'main.js')))).toEqual(['failed: duplicate_driver']);
    } finally {
      await Promise.all([one, two].map((folder) => rm(folder, { recursive: true })));
    }
  });
});

/** A folder with packages that hold nothing: mongoose, connect-mongo and these. */
async function install(...packages: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'session-auth-driver-'));
  for (const name of ['mongoose', 'connect-mongo', ...packages]) {
    await mkdir(join(folder, 'node_modules', name), { recursive: true });
    await writeFile(join(folder, 'node_modules', name, 'index.js'), '');
  }
  return folder;
}
