import type { Db } from 'mongodb';
import { createClient } from 'redis';
import type { AppConfig } from '../../src/config/app.config.js';
import { decode, encode } from '../../src/sessions/store/redis/redis-session.codec.js';
import type { SessionDocument, Tombstone } from '../../src/sessions/session.types.js';

type Stored = SessionDocument & Partial<Pick<Tombstone, 'revokedAt' | 'reason'>>;

/** Access to the stored sessions in MongoDB or Redis, over connections that bypass the app. */
export interface StoredSessions {
  find(id: string): Promise<Stored | null>;
  /** All sessions, in no particular order. */
  all(): Promise<Stored[]>;
  /** Overwrites fields, as time or an operator would. */
  change(id: string, fields: Partial<SessionDocument>): Promise<void>;
  remove(id: string): Promise<void>;
  /** When the store removes the session by itself. */
  removedAt(id: string): Promise<Date | undefined>;
  /** How many processes the store notifies of revoked sessions. */
  followers(): Promise<number>;
  /** Removes all data from Redis and disconnects. Does nothing for MongoDB, whose database the test app drops. */
  drop(): Promise<void>;
}

/**
 * Moves the last sign-in of active sessions out of RECENT_LOGIN_WINDOW, which is five minutes.
 * @param publicId of one session; without it, all active sessions change
 */
export async function letTimePass(sessions: StoredSessions, publicId?: string): Promise<void> {
  const authenticatedAt = new Date(Date.now() - 5 * 60_000 - 1_000);
  for (const session of await sessions.all()) {
    // A tombstone has no time of sign-in, and Redis cannot encode it as a session.
    if (session.revokedAt || (publicId ?? session.publicId) !== session.publicId) continue;
    await sessions.change(session._id, { authenticatedAt });
  }
}

export function storedSessions(db: Db, { redis }: Pick<AppConfig, 'redis'>): Promise<StoredSessions> {
  return redis ? inRedis(redis) : Promise.resolve(inMongo(db));
}

function inMongo(db: Db): StoredSessions {
  const sessions = db.collection<Stored>('sessions');
  return {
    find: (_id) => sessions.findOne({ _id }),
    all: () => sessions.find().toArray(),
    change: async (_id, fields) => void (await sessions.updateOne({ _id }, { $set: fields })),
    remove: async (_id) => void (await sessions.deleteOne({ _id })),
    removedAt: async (_id) => {
      const indexes = await sessions.indexes();
      const byAge = indexes.some(({ key, expireAfterSeconds }) => key.expires === 1 && expireAfterSeconds === 0);
      return byAge ? (await sessions.findOne({ _id }))?.expires : undefined;
    },
    followers: () => changeStreams(db),
    drop: async () => undefined,
  };
}

/** Change streams on this database's sessions that the server holds open. */
async function changeStreams(db: Db): Promise<number> {
  const ns = `${db.databaseName}.sessions`;
  const operations = await db.client
    .db('admin')
    .aggregate([
      { $currentOp: { allUsers: true, idleCursors: true, localOps: true } },
      { $match: { ns, 'cursor.originatingCommand.pipeline.$changeStream': { $exists: true } } },
    ])
    .toArray();
  return operations.length;
}

async function inRedis({ url, prefix }: NonNullable<AppConfig['redis']>): Promise<StoredSessions> {
  const client = await createClient({ url }).connect();
  const find = async (id: string) => (decode(id, await client.hGetAll(`${prefix}${id}`)) as Stored | undefined) ?? null;
  const keys = async () => {
    const all: string[] = [];
    for await (const found of client.scanIterator({ MATCH: `${prefix}*` })) all.push(...found);
    return all;
  };
  /** Stored session ids, which are hashes of secret ids. Other keys are shorter or have a colon. */
  const ids = async () => (await keys()).map((key) => key.slice(prefix.length)).filter((id) => /^[\w-]{43}$/.test(id));
  return {
    find,
    all: async () => (await Promise.all((await ids()).map(find))).flatMap((session) => session ?? []),
    change: async (id, fields) => {
      const session = await find(id);
      if (!session) return;
      await client.hSet(`${prefix}${id}`, encode({ ...session, ...fields }));
      const { createdAt } = fields;
      if (!createdAt) return;
      await client.zAdd(`${prefix}user:${session.userId.toHexString()}`, { score: createdAt.getTime(), value: id });
    },
    remove: async (id) => void (await client.del(`${prefix}${id}`)),
    removedAt: async (id) => new Date(await client.pExpireTime(`${prefix}${id}`)),
    followers: async () => Object.values(await client.pubSubNumSub([`${prefix}revoked`]))[0] ?? 0,
    drop: async () => {
      const all = await keys();
      if (all.length > 0) await client.del(all);
      client.destroy();
    },
  };
}
