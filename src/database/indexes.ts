import { MongoServerError, type Collection, type CreateIndexesOptions, type IndexDescription } from 'mongodb';
import { StartupError } from '../config/startup-error.js';
import { isDatabaseUnavailable } from './mongo-errors.js';

/** Every index of every collection. Created and awaited before a request that needs the database is served. */
export const INDEXES: Record<string, IndexDescription[]> = {
  users: [
    { key: { username: 1 }, name: 'username_unique', unique: true },
    {
      key: { 'identities.provider': 1, 'identities.subject': 1 },
      name: 'identity_unique',
      unique: true,
      // Most accounts have none, and nothing must not count as a value that only one may have.
      partialFilterExpression: { 'identities.subject': { $exists: true } },
    },
  ],
  addresses: [
    { key: { until: 1 }, name: 'until_ttl', expireAfterSeconds: 0 },
    { key: { userId: 1 }, name: 'user_addresses' },
  ],
  email_codes: [{ key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 }],
  email_undos: [
    { key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 },
    { key: { tokenHash: 1 }, name: 'token_unique', unique: true },
    { key: { userId: 1 }, name: 'user_undos' },
  ],
  password_resets: [
    { key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 },
    { key: { tokenHash: 1 }, name: 'token_unique', unique: true },
    { key: { userId: 1 }, name: 'user_resets' },
  ],
  sessions: [
    { key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 },
    { key: { userId: 1, createdAt: -1 }, name: 'user_sessions' },
    // Random, so unique by itself: an index that demands it would keep the collection from being sharded by _id.
    { key: { publicId: 1 }, name: 'public_id' },
  ],
  audit_events: [
    { key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 },
    { key: { userId: 1, at: -1, _id: -1 }, name: 'user_history' },
  ],
  // Fields of rate-limiter-flexible.
  address_limits: [
    { key: { expire: 1 }, name: 'expire_ttl', expireAfterSeconds: 0 },
    { key: { key: 1 }, name: 'key_unique', unique: true },
  ],
  login_attempts: [{ key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 }],
  outbox: [
    { key: { removeAt: 1 }, name: 'remove_ttl', expireAfterSeconds: 0 },
    // Of what waits only: a dead letter has no `nextAt`.
    { key: { kind: 1, nextAt: 1 }, name: 'due', partialFilterExpression: { nextAt: { $exists: true } } },
    { key: { userId: 1 }, name: 'user_jobs', partialFilterExpression: { userId: { $exists: true } } },
  ],
  posts: [
    { key: { createdAt: -1, _id: -1 }, name: 'newest_first' },
    { key: { authorId: 1 }, name: 'author_posts' },
  ],
};

/**
 * Makes those that a collection lacks, all in one pass over it.
 * @throws {StartupError} naming the first that cannot be made
 */
export async function createIndexes(
  collection: Collection,
  indexes: IndexDescription[],
  options: CreateIndexesOptions,
): Promise<void> {
  try {
    await collection.createIndexes(indexes, options);
  } catch (error) {
    if (!(error instanceof MongoServerError) || isDatabaseUnavailable(error)) throw error;
    if (indexes.length === 1) throw indexError(indexes[0]!, collection, error);
    // Which of them it was is not in every message of the server.
    for (const index of indexes) await createIndexes(collection, [index], options);
  }
}

/** The server's own message may quote documents, so it is not told; for what is not listed its short name has to do. */
function indexError({ name }: IndexDescription, { collectionName }: Collection, cause: MongoServerError): StartupError {
  const why = REASONS[Number(cause.code)] ?? cause.codeName;
  const message = `The index ${name} of ${collectionName} cannot be made: ${why}. npm run cli -- doctor says what to do.`;
  return new StartupError(message, { cause });
}

const REASONS: Record<number, string> = {
  85: 'there is one like it, under another name or made otherwise',
  86: 'there is one of this name that is made otherwise',
  11000: 'several documents have the same value',
};
