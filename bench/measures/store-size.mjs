import { ObjectId } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { authedReads, median, signIns } from '../load.mjs';

const BATCH = 10_000;
const OWNERS = 16;
const SESSIONS_PER_OWNER = 20;

/**
 * This project's reads and sign-ins with few and with many sessions stored, and what it takes to end all sessions of
 * one user among the many.
 */
export async function measureStoreSize(one, db, { sizes, rounds, seconds }) {
  const results = [];
  const rates = async () => {
    const reads = [];
    const logins = [];
    for (let i = 0; i < rounds; i++) {
      reads.push((await authedReads(one, 16, seconds)).perSecond);
      logins.push((await signIns(one, 8, seconds)).perSecond);
    }
    return { reads, logins };
  };
  for (const size of sizes) {
    await fillUp(one, db, size);
    results.push({ size, ...(await rates()), revokeAllMs: await revokeAll(one, db) });
  }
  return results;
}

/** The p99 of reads while MongoDB's TTL monitor removes that many sessions. */
export async function measureExpiry(one, db, { count, seconds }) {
  const admin = db.client.db('admin');
  await admin.command({ setParameter: 1, ttlMonitorEnabled: false });
  await insertCopies(one, db, count, { expires: new Date(Date.now() - 1000) });
  const stored = () => db.collection('sessions').countDocuments({ expires: { $lt: new Date() } });
  await admin.command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  await admin.command({ setParameter: 1, ttlMonitorEnabled: true });
  await delay(1500);
  const before = await stored();
  const { p99 } = await authedReads(one, 16, seconds);
  const removed = before - (await stored());
  await admin.command({ setParameter: 1, ttlMonitorSleepSecs: 60 });
  return { p99, removed };
}

async function fillUp(one, db, size) {
  const missing = size - (await db.collection('sessions').estimatedDocumentCount());
  if (missing > 0) await insertCopies(one, db, missing, {});
}

/** Sessions of users who never come back: copies of a real one, a user for every twenty. */
async function insertCopies({ contender }, db, count, changes) {
  const template = await db.collection('sessions').findOne({ revokedAt: { $exists: false } });
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done);
    const users = Array.from({ length: Math.ceil(size / SESSIONS_PER_OWNER) }, () => ({ _id: new ObjectId() }));
    const { documents } = contender.sessions({ ...template, ...changes }, users, size);
    await db.collection('sessions').insertMany(documents, { ordered: false, writeConcern: { w: 1, j: false } });
  }
}

/** Milliseconds that DELETE /sessions takes for a user with as many sessions as one may have. */
async function revokeAll({ server, contender }, db) {
  const template = await db.collection('sessions').findOne({ revokedAt: { $exists: false } });
  const user = await db.collection('users').findOne();
  const times = [];
  for (let i = 0; i < OWNERS; i++) {
    const owner = { ...user, _id: new ObjectId(), username: `owner-${new ObjectId().toHexString()}` };
    await db.collection('users').insertOne(owner);
    const { documents, cookies } = contender.sessions(template, [owner], SESSIONS_PER_OWNER);
    await db.collection('sessions').insertMany(documents);
    const start = performance.now();
    const response = await fetch(`${server.url}/sessions`, { method: 'DELETE', headers: { cookie: cookies[0] } });
    const { revoked } = await response.json();
    times.push(performance.now() - start);
    if (revoked !== SESSIONS_PER_OWNER) throw new Error(`DELETE /sessions ended ${revoked} sessions`);
  }
  return median(times);
}
