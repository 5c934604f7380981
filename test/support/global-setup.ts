import type { TestProject } from 'vitest/node';
import { startEmbeddedMongo } from '../../src/dev/embedded-mongo.js';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
  }
}

/** One mongod for the whole run; each test app has a database of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mongo = await startEmbeddedMongo();
  project.provide('mongodbUri', mongo.uri);
  return () => mongo.stop();
}
