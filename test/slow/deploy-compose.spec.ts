import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { missingTool, run } from '../support/tool.js';

/**
 * The two commands of deploy/README.md. They build an image and download others, and Caddy takes the ports 80 and 443, so
 * this test runs only on demand.
 */
const missing = process.env.TEST_COMPOSE
  ? missingTool('docker', 'or unset TEST_COMPOSE', ['compose', 'version'])
  : 'TEST_COMPOSE is not set';

/** A command to each database without a password, and the error that it answers. */
const MONGODB = [
  'mongo',
  'mongosh --quiet app --eval "db.sessions.countDocuments()"',
  'requires authentication',
] as const;
const REDIS = ['redis', 'redis-cli dbsize', 'NOAUTH'] as const;

const STORES = [
  { store: 'mongodb', profile: [], databases: [MONGODB] },
  { store: 'redis', profile: ['--profile', 'redis'], databases: [MONGODB, REDIS] },
];

const BUILD_TIMEOUT_MS = 600_000;

describe.each(STORES)('deploy/compose.yaml with sessions in $store', ({ store, profile, databases }) => {
  // A project of its own: the containers and volumes of a deployment on this machine stay. Its image gets a new build.
  const compose = (...args: string[]) =>
    run('docker', ['compose', '-p', 'session-auth-test', '-f', 'deploy/compose.yaml', ...profile, ...args], {
      env: { ...process.env, DOMAIN: 'localhost', COMPOSE_PROFILES: '', SESSION_STORE: store },
    });

  beforeAll(() => {
    if (missing) return;
    run('deploy/compose/init.sh', []);
    compose('up', '--build', '--wait');
  }, BUILD_TIMEOUT_MS);
  afterAll(() => {
    if (!missing) compose('down', '--volumes');
  }, BUILD_TIMEOUT_MS);

  // 14 s for the restart of the containers.
  it('serves sign-up to sign-out over TLS, and sessions survive a restart of every container', async ({ skip }) => {
    if (missing) skip(missing);
    const agent = supertest.agent('https://localhost');
    const send = (method: 'get' | 'post', path: string, body?: object) =>
      agent[method](path).disableTLSCerts().send(body);
    const account = { username: freshUsername(), password: PASSWORD };
    await send('post', '/users/signup', account).expect(201);
    const signedIn = await send('post', '/users/login', account).expect(200);
    expect(String(signedIn.headers['set-cookie'])).toMatch(/__Host-sid=[^;]+;.* Secure/);
    await send('get', '/users/protected').expect(200);

    compose('restart');
    compose('up', '--wait');
    await send('get', '/users/protected').expect(200);
    await send('post', '/users/logout').expect(200);
    await send('get', '/users/protected').expect(401);
  });

  it('accepts no command without a password in the databases', ({ skip }) => {
    if (missing) skip(missing);
    for (const [service, command, error] of databases) {
      expect(compose('exec', '-T', service, 'sh', '-c', `${command} 2>&1 || true`)).toContain(error);
    }
  });

  it('ends the server with exit status 0', ({ skip }) => {
    if (missing) skip(missing);
    compose('stop', 'app');
    expect(compose('ps', '--all', '--format', '{{.State}} {{.ExitCode}}', 'app')).toContain('exited 0');
  });
});
