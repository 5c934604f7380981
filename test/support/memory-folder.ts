import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './is-running.js';

/** In memory on Linux. Without it, test databases spend most of their time on the disk's fsync. */
const MEMORY = '/dev/shm';
const NEEDED_BYTES = 4 * 1024 ** 3;
const NAME = /^session-auth-(\d+)-/;

/** An empty folder for the data of a test database: in memory where 4 GiB are free, otherwise in the temporary folder. */
export async function memoryFolder(): Promise<string> {
  return mkdtemp(join((await hasRoom()) ? MEMORY : tmpdir(), `session-auth-${process.pid}-`));
}

async function hasRoom(): Promise<boolean> {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= NEEDED_BYTES;
}

/** Removes what runs that were killed left in memory. */
export async function removeOrphanedFolders(): Promise<void> {
  const names = await readdir(MEMORY).catch(() => []);
  const orphans = names.filter((name) => NAME.test(name) && !isRunning(Number(NAME.exec(name)![1])));
  await Promise.all(orphans.map((name) => rm(join(MEMORY, name), { recursive: true, force: true })));
}
