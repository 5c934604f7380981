import { MongoInstance } from 'mongodb-memory-server-core';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { startEmbeddedMongo } from './embedded-mongo.js';

let other: Server | undefined;
afterEach(() => other?.close());

async function listen(port = 0): Promise<number> {
  other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  return (other.address() as AddressInfo).port;
}

it('takes another port when somebody has the wanted one before mongod opens it', async () => {
  const port = await listen();
  other!.close();
  await once(other!, 'close');
  const create = MongoInstance.create.bind(MongoInstance);
  vi.spyOn(MongoInstance, 'create').mockImplementationOnce(async (options) => {
    await listen(port);
    return create(options);
  });
  const mongo = await startEmbeddedMongo({ port });
  try {
    expect(Number(new URL(mongo.uri).port)).not.toBe(port);
  } finally {
    await mongo.stop();
  }
});
