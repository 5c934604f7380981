import { readlink } from 'node:fs/promises';
import { setPriority } from 'node:os';

/** A thread of this niceness gets about a third of the time of a normal one when both want the same core. */
const NICENESS = 5;
/** More reads than the pool has threads, so that every thread gets one. */
const READS_AT_ONCE = 64;
const MIN_ROUNDS = 5;
/** On a busy machine, a thread may get no processor time and so no read for many rounds. */
const MAX_ROUNDS = 100;
/** libuv's default. UV_THREADPOOL_SIZE can change it: threads beyond it are found in the first rounds, or not at all. */
const POOL_SIZE = 4;

/**
 * Lowers the priority of libuv's threads, so that hashing does not starve the event loop. Works on Linux only; other
 * systems have no thread priorities. Written by hand: no library sets the priority of libuv's threads.
 */
export async function lowerPriorityOfHashing(): Promise<void> {
  try {
    for (const thread of await threadsOfPool()) setPriority(thread, NICENESS);
  } catch {
    // Hashing works at normal priority as well.
  }
}

/** The thread ids of libuv's pool: the pool reads files, and this link names the thread that reads it. */
async function threadsOfPool(): Promise<Set<number>> {
  const threads = new Set<number>();
  for (let round = 0; round < MIN_ROUNDS || (threads.size < POOL_SIZE && round < MAX_ROUNDS); round++) {
    const links = await Promise.all(Array.from({ length: READS_AT_ONCE }, () => readlink('/proc/thread-self')));
    for (const link of links) threads.add(Number(link.split('/').at(-1)));
  }
  return threads;
}
