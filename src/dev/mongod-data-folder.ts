import { execFile } from 'node:child_process';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { StartupError } from '../config/startup-error.js';

const ORPHAN_WAIT_MS = 15_000;
const KILL_WAIT_MS = 5_000;

/** The name of an embedded mongod in the process list. It contains the process id of the owner from the start. */
export const processName = `mongod-of-${process.pid}`;

interface RunningMongod {
  pid: number;
  parentPid: number;
  command: string;
}

/**
 * Creates the folder, or frees it from a mongod whose app was killed.
 * @returns its canonical path
 * @throws if a running app, or a mongod that this project did not start, uses it
 */
export async function claimDataFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const dataPath = await realpath(folder);
  const holder = await mongodUsing(dataPath);
  if (holder) await endOrphan(holder, dataPath);
  return dataPath;
}

/** The port of the running mongod with its data in this folder; undefined if there is none. */
export async function portOfMongodIn(folder: string): Promise<number | undefined> {
  const dataPath = await realpath(folder).catch(() => undefined);
  const running = dataPath && (await mongodUsing(dataPath));
  const port = Number(/ --port (\d+) /.exec(running ? running.command : '')?.[1]);
  return port || undefined;
}

async function mongodUsing(dataPath: string): Promise<RunningMongod | undefined> {
  // mongod keeps its process id here while it runs, and empties the file at an orderly stop.
  const lock = await readFile(join(dataPath, 'mongod.lock'), 'utf8').catch(() => '');
  const pid = Number.parseInt(lock, 10);
  if (!(pid > 0)) return undefined;
  const running = (await fromProc(pid)) ?? (await fromPs(pid));
  // Another program may have this process id by now.
  return running?.command.includes(` --dbpath ${dataPath} `) ? running : undefined;
}

async function fromProc(pid: number): Promise<RunningMongod | undefined> {
  try {
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
    return { pid, parentPid: Number(fields[1]), command };
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<RunningMongod | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)]);
    const [, parentPid, command] = /^\s*(\d+)\s+(.*)/.exec(stdout) ?? [];
    return command === undefined ? undefined : { pid, parentPid: Number(parentPid), command: `${command} ` };
  } catch {
    return undefined;
  }
}

async function endOrphan(holder: RunningMongod, dataPath: string): Promise<void> {
  const owner = Number(/^mongod-of-(\d+) /.exec(holder.command)?.[1]);
  if (!owner) {
    throw new StartupError(
      `${dataPath} is in use by another mongod (process ${holder.pid}): stop it, or set MONGODB_URI to it`,
    );
  }
  // An orphan gets another parent, so this match means that the owner still runs, even if process ids are reused.
  if (owner === holder.parentPid) {
    throw new StartupError(
      `${dataPath} is in use by this app in process ${owner}: stop that one first, or set MONGODB_URI`,
    );
  }
  const ended =
    (await signalAndWait(holder, dataPath, 'SIGTERM', ORPHAN_WAIT_MS)) ||
    (await signalAndWait(holder, dataPath, 'SIGKILL', KILL_WAIT_MS));
  if (!ended) throw new StartupError(`${dataPath} is held by a mongod that does not end (process ${holder.pid})`);
}

async function signalAndWait(
  { pid }: RunningMongod,
  dataPath: string,
  signal: NodeJS.Signals,
  limitMs: number,
): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  const deadline = Date.now() + limitMs;
  // mongod is not a child of this process, so there is no event to wait for.
  while ((await mongodUsing(dataPath))?.pid === pid) {
    if (Date.now() > deadline) return false;
    await delay(50);
  }
  return true;
}
