import { MongoClient, type Db, type IndexDescription } from 'mongodb';
import { createIndexes, INDEXES } from '../../database/indexes.js';
import { isDeepStrictEqual } from 'node:util';
import { rulesOf } from './indexes.check.js';

/** Collections that had another name in an earlier version. */
const RENAMED_COLLECTIONS = { deletions: 'pending_deletions' };
/** Building an index of a large collection takes minutes. */
const BUILD_TIMEOUT_MS = 10 * 60_000;

/**
 * Repairs problems that need no decision and lose no data: missing or different indexes, and collections with an old name.
 * Unknown indexes stay, because only an operator knows their purpose.
 * @returns one line per change
 * @throws {StartupError} if an index cannot be created, such as a unique one with duplicate values
 */
export async function repair(mongodbUri: string): Promise<string[]> {
  const client = await new MongoClient(mongodbUri, { serverSelectionTimeoutMS: 3_000 }).connect();
  try {
    const db = client.db();
    const changes = await renameCollections(db);
    for (const [name, wanted] of Object.entries(INDEXES)) changes.push(...(await repairIndexes(db, name, wanted)));
    return changes;
  } finally {
    await client.close();
  }
}

async function renameCollections(db: Db): Promise<string[]> {
  const present = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const due = Object.entries(RENAMED_COLLECTIONS).filter(([old, name]) => present.has(old) && !present.has(name));
  for (const [old, name] of due) await db.collection(old).rename(name);
  return due.map(([old, name]) => `renamed the collection ${old} to ${name}`);
}

async function repairIndexes(db: Db, name: string, wanted: IndexDescription[]): Promise<string[]> {
  const collection = db.collection(name);
  const present = await collection.indexes().catch(() => []);
  const changes: string[] = [];
  for (const index of wanted) {
    const found = present.find((other) => other.name === index.name);
    if (found && isDeepStrictEqual(rulesOf(index), rulesOf(found))) continue;
    if (found) await collection.dropIndex(index.name!);
    await createIndexes(collection, [index], { socketTimeoutMS: BUILD_TIMEOUT_MS } as object);
    changes.push(`${found ? 'created again' : 'created'} the index ${index.name} of ${name}`);
  }
  return changes;
}
