// npm run attack: runs guessing and slow-request tools against a server that it starts with its own database.
// Only on the loopback address, limited in count and time. Tools that are not installed are skipped and named.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isLive, NO_RESPONSE } from './clients.js';
import { manyStreams, pipelinedRequests, publishPosts, unreadPages } from './greedy-clients.js';
import { startServer } from './server.js';
import { slowBodies, slowHeaders, slowReads } from './slow-clients.js';

const run = promisify(execFile);
const PASSWORD = 'the right one is the last';
const GUESSES = 394;

const ATTACKS = [
  { name: 'guessing from one address', tool: 'ffuf', attack: guess },
  { name: 'guessing from 394 addresses', tool: 'ffuf', attack: (server) => guess(server, 'ADDRESS') },
  {
    name: 'slow headers',
    tool: 'slowhttptest',
    attack: (server) => slow(server, ['-H', '-t', 'GET', '-u', `${server.url}/health/live`]),
  },
  {
    name: 'slow bodies',
    tool: 'slowhttptest',
    attack: (server) => slow(server, ['-B', '-s', '8192', '-t', 'POST', '-u', `${server.url}/users/login`]),
  },
  {
    name: 'slow reads',
    tool: 'slowhttptest',
    // Tiny windows and several requests per connection, so that a response does not fit into the buffers of the kernel.
    attack: (server) => slowRead(server, ['-X', '-w', '512', '-y', '1024', '-n', '5', '-z', '32', '-k', '5']),
  },
  { name: 'unread pages', tool: 'node', attack: unreadPages },
  { name: 'a thousand requests ahead of their responses', tool: 'node', attack: pipelinedRequests },
  { name: 'many event streams', tool: 'node', attack: manyStreams },
  { name: 'headers in small pieces', tool: 'node', attack: slowHeaders },
  { name: 'bodies in small pieces', tool: 'node', attack: slowBodies },
  { name: 'pages that are read no further for a minute', tool: 'node', attack: slowReads },
];

/** Guesses the password of a new account, the right one last. @returns the problems found */
async function guess({ url, folder, lines }, addresses) {
  const owner = { username: addresses ? 'owner-of-many' : 'owner-of-one', password: PASSWORD };
  const device = await knownDevice(url, owner);
  const passwords = Array.from({ length: GUESSES }, (_, i) => (i === GUESSES - 1 ? PASSWORD : `guess ${i}`));
  const lists = ['-w', `${await list(folder, 'passwords', passwords)}:FUZZ`];
  if (addresses) {
    const numbers = Array.from({ length: GUESSES }, (_, i) => `198.51.${100 + (i >> 8)}.${i & 255}`);
    lists.push('-w', `${await list(folder, 'addresses', numbers)}:${addresses}`, '-mode', 'pitchfork');
  }
  const limits = ['-s', '-mc', '200', '-t', '4', '-maxtime', '60'];
  const request = [
    '-X',
    'POST',
    '-u',
    `${url}/users/login`,
    '-d',
    `{"username":"${owner.username}","password":"FUZZ"}`,
  ];
  const headers = ['-H', 'Content-Type: application/json', '-H', `X-Forwarded-For: ${addresses ?? '203.0.113.1'}`];
  const { length } = lines();
  const { stdout } = await run('ffuf', [...limits, ...lists, ...request, ...headers]);
  if (stdout.trim() !== '') return `found: ${stdout.trim()}`;
  const known = await signIn(url, owner, { Cookie: device });
  if (known.status !== 200) return `the owner's device was answered ${known.status}`;
  // Guesses that the server cannot parse would find nothing either.
  const told = lines().slice(length);
  const missing = ['"authn_login_fail"', '"rate_limited"'].filter((text) => !told.some((line) => line.includes(text)));
  return missing.length === 0 ? undefined : `nothing in the log about ${missing.join(' and ')}`;
}

/** Signs the owner up and in. @returns the device cookie */
async function knownDevice(url, owner) {
  await post(`${url}/users/signup`, owner);
  const { headers } = await signIn(url, owner);
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return cookies.find((cookie) => cookie.startsWith('device='));
}

const signIn = (url, owner, headers) =>
  post(`${url}/users/login`, owner, { 'X-Forwarded-For': '192.0.2.1', ...headers });

async function list(folder, name, lines) {
  await writeFile(join(folder, name), lines.join('\n'));
  return join(folder, name);
}

/** @returns the problems: another client was not served, or the connections were still open at the end */
async function slow({ url }, options) {
  const limits = ['-c', '200', '-r', '100', '-i', '2', '-x', '24', '-p', '3', '-l', '20'];
  const { stdout } = await run('slowhttptest', [...limits, ...options], { maxBuffer: 64 * 1024 * 1024 });
  if (!servedOthers(stdout)) return NO_RESPONSE;
  if (!stdout.includes('No open connections left')) return 'slow connections were still held after 20 s';
  return (await isLive(url)) ? undefined : NO_RESPONSE;
}

/** @returns the problem: another client was not served. Slow readers are aborted within a minute, later than this ends. */
async function slowRead({ url }, options) {
  const limits = ['-c', '200', '-r', '100', '-p', '3', '-l', '20', '-t', 'GET', '-u', `${url}/posts?limit=100`];
  const { stdout } = await run('slowhttptest', [...limits, ...options], { maxBuffer: 64 * 1024 * 1024 });
  if (!servedOthers(stdout)) return NO_RESPONSE;
  return (await isLive(url)) ? undefined : NO_RESPONSE;
}

/** Whether slowhttptest, which reports every five seconds, always got a response in time. */
function servedOthers(stdout) {
  const reports = stdout.match(/service available:.*?(?:YES|NO)/g) ?? [];
  return reports.length > 0 && reports.every((report) => report.endsWith('YES'));
}

const post = (url, body, headers = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const installed = (tool) =>
  run('which', [tool]).then(
    () => true,
    () => false,
  );

async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'attack-'));
  const server = await startServer({ TRUST_PROXY: '1', LOG_LEVEL: 'info', POST_RATE_PER_USER: '1000/1m' });
  let failed = 0;
  try {
    await publishPosts(server);
    for (const { name, tool, attack } of ATTACKS) {
      const outcome = (await installed(tool)) ? await attack({ ...server, folder }) : null;
      if (outcome) failed += 1;
      const verdict = outcome === null ? `skipped: ${tool} is not installed` : (outcome ?? 'held');
      console.log(`${outcome ? 'BROKEN ' : '       '}${name} (${tool}): ${verdict}`);
    }
    // `overloaded` is the intended response to more passwords than the processors can hash in time.
    const errors = server
      .lines()
      .filter((line) => line.includes('"level":"error"') && !line.includes('"code":"overloaded"'));
    if (errors.length > 0) failed += 1;
    console.log(`${errors.length > 0 ? 'BROKEN ' : '       '}errors in the log: ${errors.length}`);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
