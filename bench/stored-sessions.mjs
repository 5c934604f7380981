import { ObjectId } from 'mongodb';
import { copySession } from './contenders/project.mjs';

const BATCH = 5_000;
const BATCHES_AT_ONCE = 4;
const SESSIONS_PER_OWNER = 20;
/** From this number on, mongod makes the copies itself: sending them takes longer than storing them. */
const COPIED_BY_MONGOD_FROM = 1_000_000;
const COPIES_OF_EACH = 100;
/** In hexadecimal, so that ObjectIds and UUIDs stay what they are. */
const COPY_DIGITS = 2;

/** Stores sessions of users who never come back, until there are so many. */
export async function fillUp(db, size) {
  const missing = size - (await db.collection('sessions').estimatedDocumentCount());
  if (missing >= COPIED_BY_MONGOD_FROM) await multiply(db, missing);
  else if (missing > 0) await insertCopies(db, missing);
}

/** Copies a stored session: a user for every twenty. */
export async function insertCopies(db, count, changes = {}, collection = 'sessions') {
  const template = await activeSession(db);
  let left = count;
  const insertBatches = async () => {
    while (left > 0) {
      const size = Math.min(BATCH, left);
      left -= size;
      const users = Array.from({ length: Math.ceil(size / SESSIONS_PER_OWNER) }, () => ({ _id: new ObjectId() }));
      const { documents } = copySession({ ...template, ...changes }, users, size);
      await db.collection(collection).insertMany(documents, { ordered: false, writeConcern: { w: 1, j: false } });
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, insertBatches));
}

export function activeSession(db) {
  return db.collection('sessions').findOne({ revokedAt: { $exists: false } });
}

/** Stores a hundredth of the copies and has mongod multiply them. The secondary indexes are built afterwards, in bulk. */
async function multiply(db, count) {
  const sessions = db.collection('sessions');
  const indexes = (await sessions.indexes()).filter(({ name }) => name !== '_id_');
  for (const { name } of indexes) await sessions.dropIndex(name);
  // Of a run that was interrupted.
  await db.collection('originals').deleteMany({});
  await insertCopies(db, Math.ceil(count / COPIES_OF_EACH), {}, 'originals');
  const copying = [0, 1].map((half) =>
    db.collection('originals').aggregate(copiesOfHalf(half), COPY_OPTIONS).toArray(),
  );
  await Promise.all(copying);
  await db.collection('originals').drop();
  await sessions.createIndexes(indexes.map(({ v: _version, ...index }) => index));
}

const COPY_OPTIONS = { writeConcern: { w: 1, j: false }, allowDiskUse: true };

/** Two such pipelines run at once, each with half of the copies of every session. */
function copiesOfHalf(half) {
  const numbers = Array.from({ length: COPIES_OF_EACH / 2 }, (_, i) => i + (half * COPIES_OF_EACH) / 2);
  const digits = numbers.map((number) => number.toString(16).padStart(COPY_DIGITS, '0'));
  // The number replaces the first characters, so that the copies of a session are as far apart as other sessions are.
  const copyOf = (field) => ({ $concat: ['$copy', { $substrBytes: [field, COPY_DIGITS, -1] }] });
  const userId = copyOf({ $toString: '$userId' });
  return [
    { $set: { copy: digits } },
    { $unwind: '$copy' },
    {
      $set: {
        _id: copyOf('$_id'),
        publicId: copyOf('$publicId'),
        userId: { $toObjectId: userId },
        'session.passport.user': userId,
      },
    },
    { $unset: 'copy' },
    { $merge: { into: 'sessions', whenMatched: 'fail', whenNotMatched: 'insert' } },
  ];
}
