// npm run bench:profile: the main thread's own time of one authenticated read, by package and by function, from a CPU profile.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nodeContenders } from './contenders/index.mjs';
import { project } from './contenders/project.mjs';
import { authenticatedReads, median } from './load.mjs';
import { startMongo } from './mongo.mjs';
import { startServer } from './server-process.mjs';

const PROFILER = fileURLToPath(new URL('./servers/profile-on-signal.mjs', import.meta.url));
const WARM_UP_SECONDS = 8;
const SHOWN_FUNCTIONS = 40;
const sourceMaps = new Map();

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: project.database },
    'in-flight': { type: 'string', default: '16' },
    seconds: { type: 'string', default: '10' },
  },
});
const contender = nodeContenders.find(({ database }) => database === options.server);
if (!contender) throw new Error(`--server is one of ${nodeContenders.map(({ database }) => database).join(', ')}`);
const inFlight = Number(options['in-flight']);

const folder = await mkdtemp(join(tmpdir(), 'session-auth-profile-'));
try {
  summarise(await profileReads(join(folder, 'profile.json')));
} finally {
  await rm(folder, { recursive: true });
}

/** Runs the server under load: first until it is warm, then with the profiler on. */
async function profileReads(file) {
  const mongo = await startMongo();
  const nodeArguments = ['--import', PROFILER];
  const env = { ...contender.env(mongo.uri(contender.database)), PROFILE_TO: file };
  const server = await startServer({
    command: [process.execPath, ...nodeArguments, ...contender.command.slice(1)],
    env,
  });
  try {
    await server.listening();
    const cookies = await contender.seed(mongo.db(contender.database), server, 64);
    const one = { server, contender, cookies };
    await authenticatedReads(one, inFlight, WARM_UP_SECONDS);
    server.signal('SIGUSR2');
    const result = await authenticatedReads(one, inFlight, Number(options.seconds));
    server.signal('SIGUSR2');
    return { ...result, profile: await written(file) };
  } finally {
    await server.stop();
    await mongo.stop();
  }
}

async function written(file) {
  for (;;) {
    await delay(200);
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('}')) return JSON.parse(text);
  }
}

function summarise({ profile: { nodes, samples, timeDeltas }, perSecond, count, cpuPerRead }) {
  // Counted, not timed: what passes while another process has the core is not this thread's.
  const interval = median(timeDeltas);
  const selfMicroseconds = new Map();
  for (const id of samples) add(selfMicroseconds, id, interval);
  const packages = new Map();
  const functions = new Map();
  for (const { id, callFrame } of nodes) {
    const time = selfMicroseconds.get(id) ?? 0;
    const owner = packageOf(callFrame);
    if (owner === 'idle') continue;
    add(packages, owner, time);
    add(functions, `${owner}: ${callFrame.functionName || 'anonymous'}`, time);
  }
  process.stdout.write(
    `${contender.name}, ${inFlight} in flight: ${Math.round(perSecond)} reads/s, ${Math.round(cpuPerRead)} µs of processor time a read over all threads\n\n`,
  );
  table(packages, 'main thread, by package', count);
  table(functions, 'main thread, by function', count, SHOWN_FUNCTIONS);
}

/** The npm package a function belongs to; `this project`, `node:…`, or what V8 calls its own work. */
function packageOf(callFrame) {
  const { url, functionName } = callFrame;
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(sourceOf(callFrame))?.[1];
  if (inPackage) return inPackage;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  if (url.startsWith('file:')) return contender.name;
  return (
    { '(idle)': 'idle', '(program)': 'native code', '(garbage collector)': 'garbage collection' }[functionName] ??
    'native calls'
  );
}

/** The file that a function was written in: dist/main.js is made of those of several packages. */
function sourceOf({ url, lineNumber, columnNumber }) {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return url;
  if (!sourceMaps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    sourceMaps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
  }
  return sourceMaps.get(url)?.findEntry(lineNumber, columnNumber).originalSource ?? url;
}

function add(sums, key, value) {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function table(sums, title, reads, limit = sums.size) {
  const total = [...sums.values()].reduce((sum, value) => sum + value, 0);
  const rows = [...sums].sort(([, a], [, b]) => b - a).slice(0, limit);
  const lines = rows
    .filter(([, time]) => time / total > 0.005)
    .map(([name, time]) => `| ${name} | ${(time / reads).toFixed(1)} | ${((time / total) * 100).toFixed(1)} % |`);
  process.stdout.write(`| ${title} | µs a read | share |\n| --- | ---: | ---: |\n${lines.join('\n')}\n\n`);
}
