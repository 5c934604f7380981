import { readlink } from 'node:fs/promises';
import { setPriority } from 'node:os';

/** A third of what a thread of the usual priority gets of a core that both want. */
const NICENESS = 5;
/** More reads than the pool has threads, so that each of them takes one. */
const READS_AT_ONCE = 64;
const ROUNDS = 5;

/**
 * Lets the threads of libuv's pool, where passwords are hashed, stand back for the one that answers requests. Only Linux
 * knows priorities of threads; anywhere else nothing changes.
 */
export async function lowerPriorityOfHashing(): Promise<void> {
  try {
    for (const thread of await threadsOfPool()) setPriority(thread, NICENESS);
  } catch {
    // Passwords are hashed all the same, at the usual priority.
  }
}

/** A file is read in the pool, so this link names the thread that reads it. */
async function threadsOfPool(): Promise<Set<number>> {
  const threads = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const links = await Promise.all(Array.from({ length: READS_AT_ONCE }, () => readlink('/proc/thread-self')));
    for (const link of links) threads.add(Number(link.split('/').at(-1)));
  }
  return threads;
}
