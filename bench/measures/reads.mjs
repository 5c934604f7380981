import { authenticatedReads } from '../load.mjs';
import { commandCount } from '../mongo.mjs';
import { interleaved } from './rounds.mjs';

const IN_FLIGHT = [1, 16, 64];
const COUNTED_READS = 200;

/** Reads of signed-in clients at several loads. Every client has a session of its own. */
export async function measureReads(running, { rounds, seconds }) {
  for (const one of running) await authenticatedReads(one, 64, 1);
  const byLoad = new Map();
  for (const inFlight of IN_FLIGHT) {
    byLoad.set(inFlight, await interleaved(running, rounds, (one) => authenticatedReads(one, inFlight, seconds)));
  }
  return byLoad;
}

/**
 * MongoDB commands per read, with no other read in flight to share them with. Every session is used once before: this
 * project writes a session's use once a minute, which must not be counted by chance.
 */
export async function commandsPerRead({ server, contender, cookies }, client) {
  const read = async (cookie) => {
    const response = await fetch(server.url + contender.read, { headers: { cookie } });
    await response.arrayBuffer();
  };
  for (const cookie of cookies) await read(cookie);
  const before = await commandCount(client);
  for (let i = 0; i < COUNTED_READS; i++) await read(cookies[i % cookies.length]);
  return ((await commandCount(client)) - before) / COUNTED_READS;
}
