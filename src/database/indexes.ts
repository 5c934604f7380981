import { MongoServerError, type Collection, type IndexDescription } from 'mongodb';
import { StartupError } from '../config/startup-error.js';
import { commandTimeout } from './database.options.js';
import { isDatabaseUnavailable } from './mongo-errors.js';

/** Building an index over a large collection may take this long; requests get 503 meanwhile. */
const BUILD_TIMEOUT_MS = 10 * 60_000;

/** Every index of every collection. They exist before the server handles requests that need the database. */
export const INDEXES: Record<string, IndexDescription[]> = {
  users: [
    { key: { username: 1 }, name: 'username_unique', unique: true },
    {
      key: { 'identities.provider': 1, 'identities.subject': 1 },
      name: 'identity_unique',
      unique: true,
      // Most accounts have no identity, and a missing value must not count as a duplicate.
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
    // Not unique: the ids are random, and a unique index would prevent sharding by _id.
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
    // Pending jobs only: a dead letter has no `nextAt`.
    { key: { kind: 1, nextAt: 1 }, name: 'due', partialFilterExpression: { nextAt: { $exists: true } } },
    { key: { userId: 1 }, name: 'user_jobs', partialFilterExpression: { userId: { $exists: true } } },
  ],
  passkeys: [{ key: { userId: 1, createdAt: 1 }, name: 'user_passkeys' }],
  passkey_challenges: [
    { key: { expires: 1 }, name: 'expires_ttl', expireAfterSeconds: 0 },
    { key: { userId: 1 }, name: 'user_challenges' },
  ],
  posts: [
    { key: { createdAt: -1, _id: -1 }, name: 'newest_first' },
    { key: { authorId: 1 }, name: 'author_posts' },
  ],
};

/**
 * Creates the indexes that a collection lacks, all in one pass over it.
 * @throws {StartupError} names the first index that cannot be created
 */
export async function createIndexes(collection: Collection, indexes: IndexDescription[]): Promise<void> {
  try {
    await collection.createIndexes(indexes, commandTimeout(BUILD_TIMEOUT_MS));
  } catch (error) {
    if (!(error instanceof MongoServerError) || isDatabaseUnavailable(error)) throw error;
    if (indexes.length === 1) throw indexError(indexes[0]!, collection, error);
    // Not every message of the server names the index.
    for (const index of indexes) await createIndexes(collection, [index]);
  }
}

/** Omits the server's own message, which may quote documents. An error without an entry in REASONS shows its code name. */
function indexError({ name }: IndexDescription, { collectionName }: Collection, cause: MongoServerError): StartupError {
  const why = REASONS[Number(cause.code)] ?? cause.codeName;
  const message = `Cannot create index ${name} on ${collectionName}: ${why}. Run npm run cli -- doctor for the fix.`;
  return new StartupError(message, { cause });
}

const REASONS: Record<number, string> = {
  85: 'an equivalent index exists with another name or other options',
  86: 'an index with this name exists with other options',
  11000: 'several documents have the same value',
};
