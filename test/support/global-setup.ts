import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startEmbeddedMongo } from '../../src/dev/embedded-mongo.js';
import { memoryFolder, removeOrphanedFolders } from './memory-folder.js';
import { redisIsMissing } from './redis-missing.js';
import { RedisServer } from './redis-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
    /** null if there is no redis-server. */
    redisUrl: string | null;
  }
}

/** One mongod and one redis-server for the whole run; each test app has a database of its own in them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = redisIsMissing();
  await removeOrphanedFolders();
  const dbPath = await memoryFolder();
  const [mongo, redis] = await Promise.all([startEmbeddedMongo({ dbPath }), missing ? null : RedisServer.start()]);
  project.provide('mongodbUri', mongo.uri);
  project.provide('redisUrl', redis?.url ?? null);
  return async () => {
    await Promise.all([mongo.stop(), redis?.stop()]);
    await rm(dbPath, { recursive: true, force: true });
  };
}
