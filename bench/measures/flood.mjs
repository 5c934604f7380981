import { authenticatedReads, signIns } from '../load.mjs';

const READERS = 16;
const FLOODERS = 50;
const IDLE_SECONDS = 3;

/** Reads of signed-in clients while fifty others sign in all the time, and the same reads without the others. */
export async function measureFlood(one, seconds) {
  const idle = await authenticatedReads(one, READERS, IDLE_SECONDS);
  const [reads, flood] = await Promise.all([
    authenticatedReads(one, READERS, seconds),
    signIns(one, FLOODERS, seconds),
  ]);
  return { idle, reads, flood };
}
