import { sign } from 'cookie-signature';
import { copySessions } from './express-docs.mjs';
import { SECRET, copyFirstUser, credentials, nodeCommand, plainEnv } from './shared.mjs';

export const fastify = {
  name: 'Fastify',
  database: 'fastify',
  command: nodeCommand('servers/fastify.mjs'),
  env: plainEnv,
  read: '/protected',
  login: '/login',
  credentials,
  async seed(db, { url }, count) {
    const users = await copyFirstUser(db, url, count);
    const sessions = await copySessions(db, users);
    return sessions.map(({ _id }) => `sessionId=${encodeURIComponent(sign(_id, SECRET))}`);
  },
};
