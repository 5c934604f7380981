import type { IndexDescription } from 'mongodb';

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
  posts: [
    { key: { createdAt: -1, _id: -1 }, name: 'newest_first' },
    { key: { authorId: 1 }, name: 'author_posts' },
  ],
};
