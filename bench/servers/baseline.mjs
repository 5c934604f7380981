// What Node.js and MongoDB allow: node:http, the driver, one signature and one findOne. Not meant for use.
import bcrypt from 'bcrypt';
import { sign, unsign } from 'cookie-signature';
import { MongoClient, ObjectId } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT, MONGODB_URI, SECRET } = process.env;
const db = (await new MongoClient(MONGODB_URI).connect()).db();
const users = db.collection('users');
const sessions = db.collection('sessions');

createServer((request, response) => {
  const handled = request.method === 'POST' ? logIn(request, response) : read(request, response);
  handled.catch(() => response.writeHead(500).end());
}).listen(Number(PORT), '127.0.0.1');

async function read(request, response) {
  const cookie = decodeURIComponent(/(?:^|; )sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
  const id = unsign(cookie.slice(2), SECRET);
  const session = id && (await sessions.findOne({ _id: id }));
  if (!session || session.expires < new Date()) return response.writeHead(401).end();
  return json(response, { userId: session.userId.toHexString(), userName: session.userName });
}

async function logIn(request, response) {
  const chunks = await request.toArray();
  const { username, password } = JSON.parse(Buffer.concat(chunks).toString());
  const user = await users.findOne({ username });
  if (!user || !(await bcrypt.compare(password, user.hash))) return response.writeHead(401).end();
  const id = randomBytes(24).toString('base64url');
  const expires = new Date(Date.now() + 7 * 86_400_000);
  await sessions.insertOne({ _id: id, userId: new ObjectId(user._id), userName: username, expires });
  response.setHeader('Set-Cookie', `sid=${encodeURIComponent(`s:${sign(id, SECRET)}`)}; Path=/; HttpOnly`);
  return json(response, { userId: user._id.toHexString(), userName: username });
}

function json(response, body) {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
