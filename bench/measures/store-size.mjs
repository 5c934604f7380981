import { ObjectId } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { copySession } from '../contenders/project.mjs';
import { authenticatedReads, median, signIns } from '../load.mjs';
import { progress } from '../progress.mjs';
import { activeSession, fillUp, insertCopies } from '../stored-sessions.mjs';

/** MongoDB's TTL monitor finishes its sleep of a minute before it applies the shorter one. */
const FIRST_PASS_LIMIT_MS = 75_000;
const POLL_MS = 250;
const OWNERS = 16;
const SESSIONS_PER_OWNER = 20;

/** This project's reads and sign-ins with so many sessions stored, and what it takes to revoke all of one user. */
export async function measureStoreSize(one, db, { size, rounds, seconds }) {
  progress(`storing ${size} sessions`);
  await fillUp(db, size);
  progress(`reads and sign-ins with ${size} sessions`);
  const reads = [];
  const logins = [];
  for (let i = 0; i < rounds; i++) {
    reads.push((await authenticatedReads(one, 16, seconds)).perSecond);
    logins.push((await signIns(one, 8, Math.max(seconds, 3))).perSecond);
  }
  return { size, reads, logins, revokeAllMs: await revokeAll(one, db) };
}

/** Reads before and while MongoDB's TTL monitor removes so many expired sessions, for `limitSeconds` at most. */
export async function measureExpiry(one, db, { count, seconds, limitSeconds }) {
  const admin = db.client.db('admin');
  const monitor = (ttlMonitorEnabled) => admin.command({ setParameter: 1, ttlMonitorEnabled });
  const ttl = async () => (await admin.command({ serverStatus: 1 })).metrics.ttl;
  const { passes } = await ttl();
  await until(async () => (await ttl()).passes > passes, FIRST_PASS_LIMIT_MS);
  await monitor(false);
  await insertCopies(db, count, { expires: new Date(Date.now() - 1000) });
  const idle = await authenticatedReads(one, 16, seconds);

  // The monitor's own count is free, but includes what it removes elsewhere.
  const { deletedDocuments } = await ttl();
  const allRemoved = async () => (await ttl()).deletedDocuments >= deletedDocuments + count;
  const start = performance.now();
  await monitor(true);
  const end = until(allRemoved, limitSeconds * 1000);
  const reads = await authenticatedReads(one, 16, limitSeconds, end);
  const took = (performance.now() - start) / 1000;
  const removed = count - (await db.collection('sessions').countDocuments({ expires: { $lt: new Date() } }));
  if (removed === 0) throw new Error('MongoDB removed no expired session while reads were measured');
  return { idle, reads, removed, seconds: took };
}

/** Resolves when it is so, or at the limit. */
async function until(isSo, limitMs) {
  const end = performance.now() + limitMs;
  while (performance.now() < end && !(await isSo())) await delay(POLL_MS);
}

/** Milliseconds that DELETE /sessions takes for a user with as many sessions as one may have. */
async function revokeAll({ server }, db) {
  const template = await activeSession(db);
  const user = await db.collection('users').findOne();
  const times = [];
  for (let i = 0; i < OWNERS; i++) {
    const owner = { ...user, _id: new ObjectId(), username: `owner-${new ObjectId().toHexString()}` };
    await db.collection('users').insertOne(owner);
    const { documents, cookies } = copySession(template, [owner], SESSIONS_PER_OWNER);
    await db.collection('sessions').insertMany(documents);
    const start = performance.now();
    const response = await fetch(`${server.url}/sessions`, { method: 'DELETE', headers: { cookie: cookies[0] } });
    const { revoked } = await response.json();
    times.push(performance.now() - start);
    if (revoked !== SESSIONS_PER_OWNER) throw new Error(`DELETE /sessions ended ${revoked} sessions`);
  }
  return median(times);
}
