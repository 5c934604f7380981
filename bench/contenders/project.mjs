import { ObjectId } from 'mongodb';
import { createHash, randomUUID } from 'node:crypto';
import {
  BCRYPT_COST,
  SECRET,
  copies,
  credentials,
  nodeCommand,
  post,
  randomId,
  signedCookie,
  username,
} from './shared.mjs';

/** Mail, second factors, passkeys and metrics are on. No mail is sent, because the accounts have no email address. */
const FEATURES = {
  MAIL_URL: 'smtp://127.0.0.1:2525',
  MAIL_FROM: 'bench@example.com',
  FRONTEND_URL: 'https://app.example.com',
  DATA_KEYS: `bench:${SECRET}`,
  SECOND_FACTOR: 'optional',
  METRICS_PORT: '0',
};

export const project = {
  name: 'this project',
  database: 'project',
  command: nodeCommand('../dist/main.js'),
  env: (uri) => ({
    NODE_ENV: 'production',
    COOKIE_SECURE: 'false',
    MONGODB_URI: uri,
    SESSION_SECRETS: SECRET,
    BCRYPT_COST: String(BCRYPT_COST),
    LOG_LEVEL: 'info',
    ...FEATURES,
    LOGIN_RATE_PER_IP: '900000/1m',
    SIGNUP_RATE_PER_IP: '900000/1m',
    // The sign-ins of a flood to one account would otherwise evict the sessions of its readers.
    SESSION_MAX_PER_USER: '1000',
  }),
  read: '/users/protected',
  login: '/users/login',
  credentials,
  async seed(db, { url }, count) {
    await post(`${url}/users/signup`, credentials(0));
    await post(`${url}/users/login`, credentials(0));
    const user = await db.collection('users').findOne({ username: username(0) });
    const session = await db.collection('sessions').findOne({ userId: user._id });
    const users = copies(count, (i) => ({ ...user, _id: i ? new ObjectId() : user._id, username: username(i) }));
    await db.collection('users').insertMany(users.slice(1));
    const { cookies, documents } = copySession(session, users, count);
    await db.collection('sessions').insertMany(documents);
    return cookies;
  },
};

/** Copies of a stored session, spread over the users, and the cookie of each. */
export function copySession(session, users, count) {
  const ids = copies(count, randomId);
  const documents = ids.map((id, i) => {
    const userId = users[i % users.length]._id;
    const _id = createHash('sha256').update(id).digest('base64url');
    return { ...session, _id, publicId: randomUUID(), userId, session: { passport: { user: userId.toHexString() } } };
  });
  return { documents, cookies: ids.map((id) => signedCookie('sid', id)) };
}
