import { ObjectId } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { copySession } from '../contenders/project.mjs';
import { EventStream } from '../event-stream.mjs';
import { median } from '../load.mjs';
import { activeSession } from '../stored-sessions.mjs';
import { watchHealth } from './health.mjs';

/** The server allows 100 event streams per IP address. */
const STREAMS_PER_IP = 100;
const SESSIONS_PER_OWNER = 20;
const OPENED_AT_ONCE = 50;
const SIGN_OUTS = 20;
const SETTLE_MS = 5_000;
/** Holds two heartbeats and one re-check of all sessions. */
const QUIET_MS = 45_000;

/**
 * So many event streams on one process, each of a session of its own: memory, how soon they are told, and what a probe of
 * /health/live sees meanwhile.
 */
export async function measureEventStreams({ server }, db, count) {
  const { documents, cookies } = await storeSessions(db, count);
  await delay(SETTLE_MS);
  const before = await server.memoryMiB();
  const opening = await during(server, () => openAll(server.url, cookies));
  const streams = opening.result;
  await delay(SETTLE_MS);
  const memory = await server.memoryMiB();
  const quiet = await during(server, () => delay(QUIET_MS));
  const signOuts = await during(server, () => signOutSome(server.url, cookies, streams));
  const revoked = await during(server, () => revokeAll(db, documents.slice(SIGN_OUTS), streams.slice(SIGN_OUTS)));
  streams.forEach((stream) => stream.close());
  return { count, before, memory, opening, quiet, signOuts, revoked };
}

async function storeSessions(db, count) {
  const template = await activeSession(db);
  const user = await db.collection('users').findOne();
  const owners = Array.from({ length: Math.ceil(count / SESSIONS_PER_OWNER) }, () => {
    const _id = new ObjectId();
    return { ...user, _id, username: `listener-${_id.toHexString()}` };
  });
  await db.collection('users').insertMany(owners);
  const stored = copySession(template, owners, count);
  await db.collection('sessions').insertMany(stored.documents);
  return stored;
}

/** @returns what the work resolves to, how long it took, the server's processor time, and the probe's times */
async function during(server, work) {
  const health = watchHealth(server.url);
  const cpu = await server.cpuMicroseconds();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const cores = ((await server.cpuMicroseconds()) - cpu) / 1e6 / seconds;
  return { result, seconds, cores, health: await health.stop() };
}

async function openAll(url, cookies) {
  const streams = [];
  const open = async (worker) => {
    for (let i = worker; i < cookies.length; i += OPENED_AT_ONCE) {
      const group = Math.floor(i / STREAMS_PER_IP);
      const ip = `10.1.${Math.floor(group / 250)}.${(group % 250) + 1}`;
      streams[i] = await EventStream.open(url, { cookie: cookies[i], ip });
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, (_, worker) => open(worker)));
  return streams;
}

/** Milliseconds from the request to sign out to the event, one session after the other. */
async function signOutSome(url, cookies, streams) {
  const times = [];
  for (let i = 0; i < SIGN_OUTS; i++) {
    const start = performance.now();
    const response = await fetch(`${url}/users/logout`, { method: 'POST', headers: { cookie: cookies[i] } });
    if (!response.ok) throw new Error(`sign-out: ${response.status}`);
    times.push((await streams[i].told) - start);
  }
  return median(times);
}

/** Milliseconds from the write that revokes all sessions to the first, the median and the last stream that is told. */
async function revokeAll(db, documents, streams) {
  const ids = documents.map(({ _id }) => _id);
  const revoked = { $set: { revokedAt: new Date(), reason: 'revoked', expires: new Date(Date.now() + 86_400_000) } };
  const start = performance.now();
  await db.collection('sessions').updateMany({ _id: { $in: ids } }, revoked);
  const times = await Promise.all(streams.map(({ told }) => told));
  const sorted = times.map((time) => time - start).sort((a, b) => a - b);
  return { first: sorted[0], median: median(sorted), last: sorted.at(-1) };
}
