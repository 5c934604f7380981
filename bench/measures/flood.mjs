import { authedReads, signIns } from '../load.mjs';

const READERS = 16;
const FLOODERS = 50;
const IDLE_SECONDS = 3;

/** Reads by signed-in clients while fifty others do nothing but sign in, against the same reads without them. */
export async function measureFlood(one, seconds) {
  const idle = await authedReads(one, READERS, IDLE_SECONDS);
  const [reads, flood] = await Promise.all([authedReads(one, READERS, seconds), signIns(one, FLOODERS, seconds)]);
  return { idle, reads, flood };
}
