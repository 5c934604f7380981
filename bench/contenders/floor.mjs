import { credentials, insertPlainUsers, nodeCommand, plainEnv, randomId, signedCookie } from './shared.mjs';

export const floor = {
  name: 'floor: node:http + driver',
  database: 'floor',
  command: nodeCommand('servers/baseline.mjs'),
  env: plainEnv,
  read: '/protected',
  login: '/login',
  credentials,
  async seed(db, _server, count) {
    const users = await insertPlainUsers(db, count);
    const expires = new Date(Date.now() + 7 * 86_400_000);
    const documents = users.map(({ _id, username: userName }) => ({ _id: randomId(), userId: _id, userName, expires }));
    await db.collection('sessions').insertMany(documents);
    return documents.map(({ _id }) => signedCookie('sid', _id));
  },
};
