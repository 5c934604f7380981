import type { Db, Document, IndexDescription, IndexDescriptionInfo, ObjectId } from 'mongodb';
import { isDeepStrictEqual } from 'node:util';
import { INDEXES } from '../../database/indexes.js';
import { failed, warning, type Problem } from './check.types.js';

/** mongod removes expired documents once a minute; documents older than this show that it does not. */
const OVERDUE_MS = 10 * 60_000;

/** Compares existing indexes with database/indexes.ts: names, keys, their order, and options. */
export async function indexProblems(db: Db): Promise<Problem[]> {
  const present = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const problems = Object.entries(INDEXES).map(async ([name, wanted]) =>
    present.has(name) ? compare(name, wanted, await db.collection(name).indexes()) : [notThere(name)],
  );
  return (await Promise.all(problems)).flat();
}

/**
 * Expired documents that were not removed: the TTL index is missing, or the TTL monitor of MongoDB is off or late. Skips a
 * server that has just started, because it needs minutes to remove documents that expired during its downtime.
 */
export async function overdueProblems(db: Db): Promise<Problem[]> {
  if (upSince(await db.admin().command({ hello: 1 })) > Date.now() - OVERDUE_MS) return [];
  const found = Object.entries(INDEXES).map(async ([name, indexes]) => {
    const ttl = indexes.find(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    const field = Object.keys(ttl?.key ?? {})[0];
    const overdue =
      field && (await db.collection(name).findOne({ [field]: { $lt: new Date(Date.now() - OVERDUE_MS) } }));
    return overdue ? [overdueIn(name)] : [];
  });
  return (await Promise.all(found)).flat();
}

/** When the server process started: part of the process id that `hello` returns to every user. */
function upSince({ topologyVersion }: Document): number {
  const { processId } = (topologyVersion ?? {}) as { processId?: ObjectId };
  return processId ? processId.getTimestamp().getTime() : 0;
}

function compare(collection: string, wanted: IndexDescription[], present: IndexDescriptionInfo[]): Problem[] {
  const wrong = wanted.flatMap((index) => {
    const found = present.find(({ name }) => name === index.name);
    if (!found) return [missingIndex(collection, index.name!)];
    return hasSameRules(index, found) ? [] : [different(collection, index.name!)];
  });
  const names = new Set(['_id_', ...wanted.map(({ name }) => name)]);
  return [...wrong, ...present.filter(({ name }) => !names.has(name)).map(({ name }) => unknown(collection, name!))];
}

/** Whether both have the same keys in the same order, and the same options. */
export function hasSameRules(wanted: IndexDescription, found: IndexDescriptionInfo): boolean {
  return isDeepStrictEqual(rulesOf(wanted), rulesOf(found));
}

/** A list, because the order of the fields matters. */
function rulesOf(index: IndexDescription | IndexDescriptionInfo): unknown[] {
  const { unique = false, sparse = false, expireAfterSeconds, partialFilterExpression } = index;
  return [Object.entries(index.key), unique, sparse, expireAfterSeconds, partialFilterExpression];
}

const notThere = (collection: string): Problem =>
  warning(
    'collection_missing',
    `${collection} does not exist yet`,
    'The first start creates it; if the app has run before, check the database name in MONGODB_URI.',
  );
const missingIndex = (collection: string, name: string): Problem =>
  failed(
    'index_missing',
    `${collection} has no index ${name}`,
    'Run cli -- doctor --fix, or start the app: both create it. If that fails, the message says why.',
  );
const different = (collection: string, name: string): Problem =>
  failed(
    'index_differs',
    `The index ${name} of ${collection} has other options than it must have`,
    `Run cli -- doctor --fix: it drops the index and creates it again.`,
  );
const unknown = (collection: string, name: string): Problem =>
  warning(
    'index_unknown',
    `${collection} has an index ${name} that this version does not use`,
    `It slows every write. If no other program needs it: db.${collection}.dropIndex("${name}").`,
  );
const overdueIn = (collection: string): Problem =>
  failed(
    'not_cleaned_up',
    `${collection} holds documents that expired more than ten minutes ago`,
    'Check that the index expires_ttl exists and that ttlMonitorEnabled is true on the primary.',
  );
