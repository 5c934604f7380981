import bcrypt from 'bcrypt';
import { sign } from 'cookie-signature';
import { ObjectId } from 'mongodb';
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const SECRET = 'a-secret-for-the-benchmark-of-enough-length';
const PASSWORD = 'correct horse battery staple';
export const BCRYPT_COST = 12;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const signedCookie = (name, id) => `${name}=${encodeURIComponent(`s:${sign(id, SECRET)}`)}`;
const randomId = () => randomBytes(24).toString('base64url');
const username = (i) => `bench-${i}`;

/**
 * The servers that are compared. Accounts and sessions are copies of one that was made through HTTP, so the documents
 * have the shape that each server itself gives them and a thousand accounts do not cost a thousand hashes.
 *
 * `seed(db, server, count)` → one cookie per account, each of a session of its own.
 */
export const project = {
  name: 'this project',
  database: 'project',
  script: here('../dist/main.js'),
  env: (uri) => ({
    NODE_ENV: 'production',
    COOKIE_SECURE: 'false',
    MONGODB_URI: uri,
    SESSION_SECRETS: SECRET,
    BCRYPT_COST: String(BCRYPT_COST),
    LOG_LEVEL: 'info',
    METRICS_PORT: '0',
    LOGIN_RATE_PER_IP: '900000/1m',
    SIGNUP_RATE_PER_IP: '900000/1m',
    // A flood of sign-ins to one account would end the sessions of its readers, as it should.
    SESSION_MAX_PER_USER: '1000',
  }),
  read: '/users/protected',
  login: '/users/login',
  credentials: (i) => ({ username: username(i), password: PASSWORD }),
  async seed(db, { url }, count) {
    await post(`${url}/users/signup`, this.credentials(0));
    await post(`${url}/users/login`, this.credentials(0));
    const user = await db.collection('users').findOne({ username: username(0) });
    const session = await db.collection('sessions').findOne({ userId: user._id });
    const users = copies(count, (i) => ({ ...user, _id: i ? new ObjectId() : user._id, username: username(i) }));
    await db.collection('users').insertMany(users.slice(1));
    const { cookies, documents } = this.sessions(session, users, count);
    await db.collection('sessions').insertMany(documents);
    return cookies;
  },
  /** Copies of a stored session, spread over the users. */
  sessions(session, users, count) {
    const ids = copies(count, randomId);
    const documents = ids.map((id, i) => {
      const userId = users[i % users.length]._id;
      const _id = createHash('sha256').update(id).digest('base64url');
      return { ...session, _id, publicId: randomUUID(), userId, session: { passport: { user: userId.toHexString() } } };
    });
    return { documents, cookies: ids.map((id) => signedCookie('sid', id)) };
  },
};

export const floor = {
  name: 'floor: node:http + driver',
  database: 'floor',
  script: here('./servers/baseline.mjs'),
  env: (uri) => ({ NODE_ENV: 'production', MONGODB_URI: uri, SECRET }),
  read: '/protected',
  login: '/login',
  credentials: project.credentials,
  async seed(db, _server, count) {
    const users = await plainUsers(db, count);
    const expires = new Date(Date.now() + 7 * 86_400_000);
    const documents = users.map(({ _id, username: userName }) => ({ _id: randomId(), userId: _id, userName, expires }));
    await db.collection('sessions').insertMany(documents);
    return documents.map(({ _id }) => signedCookie('sid', _id));
  },
};

const expressDocs = {
  name: 'Express as documented',
  database: 'express',
  script: here('./servers/express-docs.mjs'),
  env: floor.env,
  read: '/protected',
  login: '/login',
  credentials: project.credentials,
  async seed(db, { url }, count) {
    const users = await plainUsers(db, count);
    await post(url + this.login, this.credentials(0));
    const session = await db.collection('sessions').findOne();
    const own = users[0]._id.toHexString();
    const documents = users.map((user) => ({
      ...session,
      _id: randomId(),
      session: session.session.replace(own, user._id.toHexString()),
    }));
    await db.collection('sessions').insertMany(documents);
    return documents.map(({ _id }) => signedCookie('connect.sid', _id));
  },
};

const betterAuth = {
  name: 'Better Auth',
  database: 'better-auth',
  script: here('./servers/better-auth.mjs'),
  env: floor.env,
  read: '/protected',
  login: '/api/auth/sign-in/email',
  credentials: (i) => ({ email: `${username(i)}@example.com`, password: PASSWORD }),
  async seed(db, { url }, count) {
    await post(`${url}/api/auth/sign-up/email`, { name: username(0), ...this.credentials(0) });
    const [user, account, session] = await Promise.all(
      ['user', 'account', 'session'].map((name) => db.collection(name).findOne()),
    );
    const users = copies(count, (i) => ({
      ...user,
      _id: i ? new ObjectId() : user._id,
      name: username(i),
      email: this.credentials(i).email,
    }));
    const others = users.slice(1);
    await db.collection('user').insertMany(others);
    const ofAccount = ({ _id }) => ({ accountId: _id.toHexString(), userId: _id });
    await db
      .collection('account')
      .insertMany(others.map((u) => ({ ...account, _id: new ObjectId(), ...ofAccount(u) })));
    const sessions = users.map(({ _id }) => ({ ...session, _id: new ObjectId(), token: randomId(), userId: _id }));
    await db.collection('session').insertMany(sessions);
    return sessions.map(({ token }) => {
      const signature = createHmac('sha256', SECRET).update(token).digest('base64');
      return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
    });
  },
};

/** All, in the order of the report. */
export const contenders = [project, floor, expressDocs, betterAuth];

async function plainUsers(db, count) {
  const hash = await bcrypt.hash(PASSWORD, BCRYPT_COST);
  const users = copies(count, (i) => ({ _id: new ObjectId(), username: username(i), hash }));
  await db.collection('users').createIndex({ username: 1 }, { unique: true });
  await db.collection('users').insertMany(users);
  return users;
}

function copies(count, make) {
  return Array.from({ length: count }, (_, i) => make(i));
}

async function post(url, body) {
  const headers = { 'Content-Type': 'application/json', Origin: new URL(url).origin };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}
