import { MongoInstance } from 'mongodb-memory-server-core';
import { createServer } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { freePort, listen } from '../../test/support/ports.js';
import { startEmbeddedMongo } from './embedded-mongo.js';

it('takes another port if the preferred one is taken before mongod opens it', async () => {
  const port = await freePort();
  const other = createServer();
  onTestFinished(() => void other.close());
  const create = MongoInstance.create.bind(MongoInstance);
  vi.spyOn(MongoInstance, 'create').mockImplementationOnce(async (options) => {
    await listen(other, { port });
    return create(options);
  });
  const mongo = await startEmbeddedMongo({ port });
  try {
    expect(Number(new URL(mongo.uri).port)).not.toBe(port);
  } finally {
    await mongo.stop();
  }
});
