import { MongoClient, type Db, type IndexDescription } from 'mongodb';
import { createIndexes, INDEXES } from '../../database/indexes.js';
import { isDuplicateKey } from '../../database/mongo-errors.js';
import { canonicalUsername } from '../../users/username.js';
import { hasSameRules } from './indexes.check.js';
import { staleUsernames, type StaleUsername } from './stored-keys.check.js';

/** Collections that had another name in an earlier version. */
const RENAMED_COLLECTIONS = { deletions: 'pending_deletions' };

/**
 * Repairs problems that need no decision and lose no data: missing or different indexes, collections with an old name, and
 * usernames in an old spelling. Unknown indexes stay, because only an operator knows their purpose.
 * @returns one line per change
 * @throws {StartupError} if an index cannot be created, such as a unique one with duplicate values
 */
export async function repair(mongodbUri: string): Promise<string[]> {
  const client = await new MongoClient(mongodbUri, { serverSelectionTimeoutMS: 3_000 }).connect();
  try {
    const db = client.db();
    const changes = await renameCollections(db);
    for (const [name, wanted] of Object.entries(INDEXES)) changes.push(...(await repairIndexes(db, name, wanted)));
    // After the unique index, which keeps two accounts from getting one name.
    for (const account of await staleUsernames(db)) changes.push(await renameAccount(db, account));
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
    if (found && hasSameRules(index, found)) continue;
    if (found) await collection.dropIndex(index.name!);
    await createIndexes(collection, [index]);
    changes.push(`${found ? 'created again' : 'created'} the index ${index.name} of ${name}`);
  }
  return changes;
}

async function renameAccount(db: Db, { _id, username }: StaleUsername): Promise<string> {
  try {
    await db
      .collection<StaleUsername>('users')
      .updateOne({ _id, username }, { $set: { username: canonicalUsername(username) } });
    return `renamed the account ${String(_id)} to the canonical form of its username`;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return `left the account ${String(_id)} as it is: another account has the canonical form of its username`;
  }
}
