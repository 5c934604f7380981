import type { Db, IndexDescription, IndexDescriptionInfo } from 'mongodb';
import { isDeepStrictEqual } from 'node:util';
import { INDEXES } from '../../database/indexes.js';
import { failed, warning, type Problem } from './check.types.js';

/** mongod removes what is overdue once a minute; after this long it does not. */
const OVERDUE_MS = 10 * 60_000;

/** The indexes that are there, against those that database/indexes.ts wants: names, keys, order, and what they enforce. */
export async function indexProblems(db: Db): Promise<Problem[]> {
  const present = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const problems = Object.entries(INDEXES).map(async ([name, wanted]) =>
    present.has(name) ? compare(name, wanted, await db.collection(name).indexes()) : [notThere(name)],
  );
  return (await Promise.all(problems)).flat();
}

/** Documents that a TTL index should have removed: it is not there, or MongoDB's cleaner is off or behind. */
export async function overdueProblems(db: Db): Promise<Problem[]> {
  const found = Object.entries(INDEXES).map(async ([name, indexes]) => {
    const ttl = indexes.find(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    const field = Object.keys(ttl?.key ?? {})[0];
    const overdue =
      field && (await db.collection(name).findOne({ [field]: { $lt: new Date(Date.now() - OVERDUE_MS) } }));
    return overdue ? [overdueIn(name)] : [];
  });
  return (await Promise.all(found)).flat();
}

function compare(collection: string, wanted: IndexDescription[], present: IndexDescriptionInfo[]): Problem[] {
  const missing = wanted.flatMap((index) => {
    const found = present.find(({ name }) => name === index.name);
    if (!found) return [missingIndex(collection, index.name!)];
    return isDeepStrictEqual(rules(index), rules(found)) ? [] : [different(collection, index.name!)];
  });
  const names = new Set(['_id_', ...wanted.map(({ name }) => name)]);
  return [...missing, ...present.filter(({ name }) => !names.has(name)).map(({ name }) => unknown(collection, name!))];
}

/** As a list, because the order of the fields is part of what an index is. */
function rules(index: IndexDescription | IndexDescriptionInfo): unknown[] {
  const { unique = false, sparse = false, expireAfterSeconds, partialFilterExpression } = index;
  return [Object.entries(index.key), unique, sparse, expireAfterSeconds, partialFilterExpression];
}

const notThere = (collection: string): Problem =>
  warning(
    'collection_missing',
    `${collection} is not there yet`,
    'The first start makes it; if the app has run before, check the database name in MONGODB_URI.',
  );
const missingIndex = (collection: string, name: string): Problem =>
  failed(
    'index_missing',
    `${collection} has no index ${name}`,
    'Start the app, or run any command but this: both make it. If that fails, it says what is in the way.',
  );
const different = (collection: string, name: string): Problem =>
  failed(
    'index_differs',
    `The index ${name} of ${collection} is not as it must be`,
    `Drop it, db.${collection}.dropIndex("${name}"), and start the app, which makes it right.`,
  );
const unknown = (collection: string, name: string): Problem =>
  warning(
    'index_unknown',
    `${collection} has an index ${name} that this version does not use`,
    `Every write pays for it. If nobody else needs it: db.${collection}.dropIndex("${name}").`,
  );
const overdueIn = (collection: string): Problem =>
  failed(
    'not_cleaned_up',
    `${collection} holds documents that should be gone for more than ten minutes`,
    'Check that expires_ttl is there and that nobody set ttlMonitorEnabled to false on the primary.',
  );
