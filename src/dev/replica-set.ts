import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient, MongoServerError, type Db, type Document } from 'mongodb';

export const REPLICA_SET = 'rs0';
const DATABASE = 'session_auth';
const LIMIT_MS = 30_000;

/** The URI of the app's database on the embedded mongod at this port. */
export function embeddedUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/${DATABASE}?replicaSet=${REPLICA_SET}`;
}

/** Makes the mongod at this port the only member of its replica set. Resolves once it takes writes. */
export async function becomePrimary(port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  await withClient(`mongodb://${host}/?directConnection=true`, async (client) => {
    const stored = await client.db('local').collection('system.replset').findOne();
    if (!stored)
      await client.db('admin').command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
    else if (stored.members[0].host !== host) await moveTo(host, stored, client.db('admin'));
  });
  // Connecting by the name of the replica set resolves once there is a primary.
  await withClient(`mongodb://${host}/?replicaSet=${REPLICA_SET}`, async () => {});
}

/** The stored configuration names the port of the last run; a mongod that is no member of its set would wait forever. */
async function moveTo(host: string, stored: Document, admin: Db): Promise<void> {
  const config = { ...stored, version: stored.version + 1, members: [{ ...stored.members[0], host }] };
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      await admin.command({ replSetReconfig: config, force: true });
      return;
    } catch (error) {
      if (!(error instanceof MongoServerError) || Date.now() > deadline) throw error;
      if (error.codeName !== 'NotYetInitialized' && error.codeName !== 'ConfigurationInProgress') throw error;
      await delay(50); // it is still reading the stored configuration
    }
  }
}

async function withClient(uri: string, use: (client: MongoClient) => Promise<void>): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: LIMIT_MS });
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.close();
  }
}
