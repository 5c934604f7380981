import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const START_LIMIT_MS = 30_000;
const KILL_AFTER_MS = 12_000;
/** A server is idle if it uses less than this share of a core for that long. */
const IDLE_SHARE = 0.1;
const IDLE_WINDOW_MS = 400;
/** The unit of the times in /proc/PID/stat: a hundredth of a second. */
const TICK_MICROSECONDS = 10_000;
const run = promisify(execFile);

/** Starts a contender in a process of its own on a free port. Its log lines are written to a pipe and discarded. */
export async function startServer({ command: [file, ...arguments_], env }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(file, arguments_, {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const exited = once(child, 'exit');
  return {
    url,
    listening: () => until(url, child, () => true),
    ready: (path, headers) => until(url + path, child, ({ status }) => status === 200, headers),
    /** Resident memory in MiB. */
    memoryMiB: () => sumOver(child.pid, memoryMiB),
    /** Microseconds of processor time that the server has used so far; NaN where there is no /proc. */
    cpuMicroseconds: () => sumOver(child.pid, cpuMicroseconds),
    /** Waits until the server has no work left: it may still hash the passwords of clients that have gone. */
    idle: () => idle(child.pid),
    signal: (name) => child.kill(name),
    stop: async () => {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      await exited;
      clearTimeout(hard);
    },
  };
}

/** Requests the URL until the response is as wanted. */
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
  throw new Error(`${url} did not respond as it should: ${last}`);
}

/** Sums over a process and its descendants: gunicorn answers requests in child processes. */
async function sumOver(pid, measure) {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).trim();
  const sums = children.split(' ').map((child) => (child ? sumOver(Number(child), measure) : 0));
  return (await Promise.all([measure(pid), ...sums])).reduce((sum, value) => sum + value, 0);
}

async function memoryMiB(pid) {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

async function cpuMicroseconds(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // After the name in parentheses, utime and stime are fields 11 and 12.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
}

async function idle(pid) {
  const end = performance.now() + START_LIMIT_MS;
  let before = await sumOver(pid, cpuMicroseconds);
  while (performance.now() < end) {
    await delay(IDLE_WINDOW_MS);
    const now = await sumOver(pid, cpuMicroseconds);
    if (now - before <= IDLE_WINDOW_MS * 1000 * IDLE_SHARE || Number.isNaN(now)) return;
    before = now;
  }
  throw new Error('the server did not become idle');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
