import { copyFirstUser, credentials, nodeCommand, plainEnv, randomId, signedCookie } from './shared.mjs';

export const expressDocs = {
  name: 'Express',
  database: 'express',
  command: nodeCommand('servers/express-docs.mjs'),
  env: plainEnv,
  read: '/protected',
  login: '/login',
  credentials,
  async seed(db, { url }, count) {
    const users = await copyFirstUser(db, url, count);
    const sessions = await copySessions(db, users);
    return sessions.map(({ _id }) => signedCookie('connect.sid', _id));
  },
};

/** Copies the session that connect-mongo stored of the first user, one for each user. */
export async function copySessions(db, users) {
  const first = await db.collection('sessions').findOne();
  const own = users[0]._id.toHexString();
  const documents = users.map(({ _id }) => ({
    ...first,
    _id: randomId(),
    session: first.session.replace(own, _id.toHexString()),
  }));
  await db.collection('sessions').insertMany(documents);
  return documents;
}
