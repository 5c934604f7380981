import { encrypt } from 'hono-sessions';
import { randomUUID } from 'node:crypto';
import { SECRET, copyFirstUser, credentials, nodeCommand, plainEnv } from './shared.mjs';

export const hono = {
  name: 'Hono',
  database: 'hono',
  command: nodeCommand('servers/hono.mjs'),
  env: plainEnv,
  read: '/protected',
  login: '/login',
  credentials,
  async seed(db, { url }, count) {
    const users = await copyFirstUser(db, url, count);
    const first = await db.collection('sessions').findOne({ '_data.userId': { $exists: true } });
    const documents = users.map(({ _id }) => ({
      ...first,
      _id: randomUUID(),
      _data: { userId: { value: _id.toHexString(), flash: false } },
    }));
    await db.collection('sessions').insertMany(documents);
    return Promise.all(documents.map(async ({ _id }) => `session=${await encrypt(SECRET, _id)}`));
  },
};
