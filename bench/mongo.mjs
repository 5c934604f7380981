import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../dist/dev/embedded-mongo.js';

/** Commands that applications send; the rest is the driver's heartbeat, replication and this script's own. */
const COUNTED = ['find', 'aggregate', 'count', 'distinct', 'insert', 'update', 'delete', 'findAndModify', 'getMore'];

/**
 * One mongod for every contender; each has a database of its own in it.
 * @param cacheGb the size of its cache; the embedded mongod has half a GB
 * @param dbPath where the data stay between runs; a temporary folder without it
 */
export async function startMongo({ cacheGb, dbPath } = {}) {
  const mongod = await startEmbeddedMongo({ dbPath });
  const client = await new MongoClient(mongod.uri).connect();
  // For measureExpiry, and early: the monitor finishes its sleep of a minute first.
  await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 1 });
  const cache = cacheGb && { wiredTigerEngineRuntimeConfig: `cache_size=${cacheGb}G` };
  if (cache) await client.db('admin').command({ setParameter: 1, ...cache });
  return {
    client,
    uri: (name) => Object.assign(new URL(mongod.uri), { pathname: name }).href,
    db: (name) => client.db(name),
    stop: async () => {
      await client.close();
      await mongod.stop();
    },
  };
}

/** How many commands mongod has run since it started. */
export async function commandCount(client) {
  const { metrics } = await client.db('admin').command({ serverStatus: 1 });
  return COUNTED.reduce((sum, name) => sum + Number(metrics.commands[name]?.total ?? 0), 0);
}
