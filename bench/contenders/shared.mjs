import bcrypt from 'bcrypt';
import { sign } from 'cookie-signature';
import { ObjectId } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export const SECRET = 'a-secret-for-the-benchmark-of-enough-length';
export const PASSWORD = 'correct horse battery staple';
export const BCRYPT_COST = 12;

/** The absolute path of a file of the bench. */
export const benchFile = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Runs a script with the Node.js that runs the bench. */
export const nodeCommand = (script) => [process.execPath, benchFile(script)];

export const plainEnv = (uri) => ({ NODE_ENV: 'production', MONGODB_URI: uri, SECRET });
export const username = (i) => `bench-${i}`;
export const credentials = (i) => ({ username: username(i), password: PASSWORD });
export const randomId = () => randomBytes(24).toString('base64url');
/** A cookie as express-session signs it. */
export const signedCookie = (name, id) => `${name}=${encodeURIComponent(`s:${sign(id, SECRET)}`)}`;
export const copies = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** Stores accounts of the shape that the bench's own servers keep: username and bcrypt hash. */
export async function insertPlainUsers(db, count) {
  const hash = await bcrypt.hash(PASSWORD, BCRYPT_COST);
  const users = copies(count, (i) => ({ _id: new ObjectId(), username: username(i), hash }));
  await db.collection('users').createIndex({ username: 1 }, { unique: true });
  await db.collection('users').insertMany(users);
  return users;
}

/** Signs up and in through HTTP, then stores copies of that account. @returns all accounts, the first one first */
export async function copyFirstUser(db, url, count) {
  await post(`${url}/signup`, credentials(0));
  await post(`${url}/login`, credentials(0));
  const first = await db.collection('users').findOne();
  const others = copies(count - 1, (i) => ({ ...first, _id: new ObjectId(), username: username(i + 1) }));
  await db.collection('users').insertMany(others);
  return [first, ...others];
}

/** @throws {Error} unless the status is 2xx */
export async function post(url, body) {
  const headers = { 'Content-Type': 'application/json', Origin: new URL(url).origin };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}
