/**
 * A rolling deploy under traffic: two processes of an older version behind nginx are replaced, one after the other, by
 * the version of this checkout, on one database. Meanwhile clients sign up, sign in, read and sign out.
 *
 *   npm run build && node deploy/rolling/rolling-deploy.mjs [--from REF] [--clients 8]
 *
 * REF is a git tag or commit; the default is the last tag, or the last commit of another version. Needs nginx on the PATH.
 * Exits with 0 only if no request failed, and if a session of each version works on the other.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from '../../dist/dev/embedded-mongo.js';

const ROOT = join(import.meta.dirname, '../..');
const PORTS = { proxy: 18_080, first: 18_081, second: 18_082 };
const PASSWORD = 'correct horse battery staple';

const { values } = parseArgs({ options: { from: { type: 'string' }, clients: { type: 'string', default: '8' } } });
const ref = values.from ?? lastVersion();
const folder = mkdtempSync(join(tmpdir(), 'rolling-deploy-'));
const children = [];
let mongo;
let nginx;
try {
  console.log(`From ${ref} to this checkout`);
  const older = buildOlder(ref);
  mongo = await startEmbeddedMongo();
  const server = (checkout, port) => startServer(checkout, port, mongo.uri);
  let first = await server(older, PORTS.first);
  let second = await server(older, PORTS.second);
  await startNginx();

  const traffic = startTraffic(Number(values.clients));
  await delay(2_000);
  await stop(first);
  first = await server(ROOT, PORTS.first);
  await assertShared();
  await delay(2_000);
  await stop(second);
  second = await server(ROOT, PORTS.second);
  await delay(2_000);
  const { requests, failures } = await traffic.end();

  console.log(`${requests} requests, ${failures.length} failed`);
  for (const failure of failures.slice(0, 10)) console.log(`  ${failure}`);
  process.exitCode = failures.length === 0 && requests > 0 ? 0 : 1;
  await Promise.all([stop(first), stop(second)]);
} finally {
  for (const child of children) child.kill('SIGKILL');
  // SIGKILL would leave its workers, which listen on.
  nginx?.kill('SIGTERM');
  await mongo?.stop();
  if (existsSync(join(folder, 'older'))) git('worktree', 'remove', '--force', join(folder, 'older'));
  rmSync(folder, { recursive: true, force: true });
}

function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

function lastVersion() {
  const tags = git('tag', '--list', 'v*', '--sort=-v:refname').split('\n').filter(Boolean);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const older = tags.find((tag) => tag !== `v${version}`);
  return older ?? `${git('log', '-1', '--format=%H', `-S"version": "${version}"`, '--', 'package.json')}^`;
}

/** @returns a checkout of the older version, built */
function buildOlder(revision) {
  const checkout = join(folder, 'older');
  git('worktree', 'add', '--detach', checkout, revision);
  const same = git('diff', '--name-only', revision, '--', 'package-lock.json') === '';
  if (same) symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  else
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('npm', ['run', 'build'], { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'] });
  return checkout;
}

async function startServer(checkout, port, mongodbUri) {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: checkout,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      MONGODB_URI: mongodbUri,
      SESSION_SECRETS: 'a-secret-of-the-rolling-deploy-of-enough-length',
      COOKIE_SECURE: 'false',
      TRUST_PROXY: '1',
      BCRYPT_COST: '10',
      LOGIN_RATE_PER_IP: '100000/1m',
      SIGNUP_RATE_PER_IP: '100000/1m',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
  await responds(child, `http://127.0.0.1:${port}/health/ready`);
  return child;
}

/** Waits until the URL responds with 2xx. @throws if the process that serves it exits, or after 30 seconds */
async function responds(child, url) {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`the process that serves ${url} exited with ${child.exitCode}`);
    if (await isOk(url)) return;
    await delay(100);
  }
  throw new Error(`${url} did not respond with 2xx within 30 seconds`);
}

function isOk(url) {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function stop(child) {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [status] = await exited;
  if (status !== 0) throw new Error(`a server exited with ${status}`);
}

/** `max_fails=0`: by default nginx sends nothing to a stopped server for ten seconds, even if it is back after two. */
async function startNginx() {
  const site = readFileSync(join(ROOT, 'deploy/nginx/nginx.conf'), 'utf8');
  // The directives of the shipped file, without its TLS: this proxy listens on loopback only.
  const proxying = site.slice(site.indexOf('  proxy_http_version'), site.lastIndexOf('}'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log stderr crit; events {}
http {
  access_log off; ${temporary.join(' ')}
  upstream session_auth { server 127.0.0.1:${PORTS.first} max_fails=0; server 127.0.0.1:${PORTS.second} max_fails=0; keepalive 32; keepalive_timeout 60s; }
  server {
    listen 127.0.0.1:${PORTS.proxy};
${proxying}
  }
}`,
  );
  const url = `http://127.0.0.1:${PORTS.proxy}/health/live`;
  // Another nginx would respond in place of this one, which takes two and a half seconds to notice that it cannot listen.
  if (await isOk(url)) throw new Error(`port ${PORTS.proxy} is in use`);
  const args = ['-c', join(folder, 'nginx.conf'), '-p', folder];
  nginx = spawn('nginx', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  // Without a listener, a missing nginx would end this script before it stops the servers. `responds` reports the error.
  nginx.once('error', () => undefined);
  await responds(nginx, url);
}

/** A session made by each of the two versions works on the other. */
async function assertShared() {
  for (const [from, to] of [
    [PORTS.first, PORTS.second],
    [PORTS.second, PORTS.first],
  ]) {
    const client = await signedIn(`http://127.0.0.1:${from}`);
    const { status } = await client(`http://127.0.0.1:${to}/users/protected`);
    if (status !== 200) throw new Error(`a session of port ${from} gets ${status} on port ${to}`);
    const { status: signedOut } = await client(`http://127.0.0.1:${to}/users/logout`, 'POST');
    const { status: after } = await client(`http://127.0.0.1:${from}/users/protected`);
    if (signedOut !== 200 || after !== 401) throw new Error(`a sign-out on port ${to} is not seen on port ${from}`);
  }
  console.log('A session of each version works, and ends, on the other');
}

function startTraffic(clients) {
  const failures = [];
  let requests = 0;
  const stopped = new AbortController();
  const check = async (name, expected, request) => {
    requests += 1;
    const { status } = await request.catch((error) => ({ status: String(error.cause ?? error) }));
    if (status !== expected) failures.push(`${name}: ${status}`);
  };
  const loop = async () => {
    const url = `http://127.0.0.1:${PORTS.proxy}`;
    while (!stopped.signal.aborted) {
      const client = await signedIn(url).catch((error) => void failures.push(String(error)));
      requests += 2;
      if (!client) continue;
      for (let reads = 0; reads < 10; reads++) await check('read', 200, client(`${url}/users/me`));
      await check('post', 201, client(`${url}/posts`, 'POST', { title: 'A post', content: 'Under traffic.' }));
      await check('sign-out', 200, client(`${url}/users/logout`, 'POST'));
      await check('read after sign-out', 401, client(`${url}/users/me`));
    }
  };
  const loops = Array.from({ length: clients }, loop);
  return {
    async end() {
      stopped.abort();
      await Promise.all(loops);
      return { requests, failures };
    },
  };
}

/** @returns a client with the cookie of a fresh account */
async function signedIn(url) {
  const account = { username: `user-${crypto.randomUUID()}`, password: PASSWORD };
  const send = async (target, method = 'GET', body, cookie = '') => {
    const headers = { ...(body && { 'Content-Type': 'application/json' }), ...(cookie && { Cookie: cookie }) };
    const response = await fetch(target, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    await response.arrayBuffer();
    return response;
  };
  const signedUp = await send(`${url}/users/signup`, 'POST', account);
  if (signedUp.status !== 201) throw new Error(`sign-up: ${signedUp.status}`);
  const response = await send(`${url}/users/login`, 'POST', account);
  if (response.status !== 200) throw new Error(`sign-in: ${response.status}`);
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return (target, method, body) => send(target, method, body, cookie);
}
