import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const START_LIMIT_MS = 30_000;
/** Using less than this share of a core for that long is rest. */
const IDLE_SHARE = 0.1;
const IDLE_WINDOW_MS = 400;
const run = promisify(execFile);

/** A contender in a process of its own, on a free port. Its log lines are written and thrown away by a pipe. */
export async function startServer({ script, nodeArguments = [], env }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...nodeArguments, script], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const exited = once(child, 'exit');
  return {
    url,
    listening: () => until(url, child, () => true),
    ready: (path, headers) => until(url + path, child, ({ status }) => status === 200, headers),
    memoryMiB: async () => Number((await run('ps', ['-o', 'rss=', '-p', String(child.pid)])).stdout) / 1024,
    /** Microseconds of processor time that the process has used so far; NaN where there is no /proc. */
    cpuMicroseconds: () => cpuMicroseconds(child.pid),
    /** Waits until it works no more: it may still hash the passwords of clients that have gone. */
    idle: () => idle(child.pid),
    signal: (name) => child.kill(name),
    stop: async () => {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 12_000);
      await exited;
      clearTimeout(hard);
    },
  };
}

/** Asks until the answer is as wanted. */
async function until(url, child, wanted, headers) {
  const end = performance.now() + START_LIMIT_MS;
  let last = 'nothing';
  while (performance.now() < end && child.exitCode === null) {
    try {
      const response = await fetch(url, { headers });
      await response.arrayBuffer();
      if (wanted(response)) return;
      last = response.status;
    } catch (error) {
      last = error.cause?.code ?? error;
    }
    await delay(5);
  }
  throw new Error(`${url} did not answer as it should: ${last}`);
}

async function cpuMicroseconds(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // After the name in parentheses: utime and stime are fields 14 and 15, in ticks of a hundredth of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function idle(pid) {
  const end = performance.now() + START_LIMIT_MS;
  let before = await cpuMicroseconds(pid);
  while (performance.now() < end) {
    await delay(IDLE_WINDOW_MS);
    const now = await cpuMicroseconds(pid);
    if (now - before <= IDLE_WINDOW_MS * 1000 * IDLE_SHARE || Number.isNaN(now)) return;
    before = now;
  }
  throw new Error('the server did not come to rest');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
