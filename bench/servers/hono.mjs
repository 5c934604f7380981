// Hono on Node.js with hono-sessions, as their documentation writes it. It has no MongoDB store: this one is the interface
// that it documents for stores of one's own.
import { serve } from '@hono/node-server';
import bcrypt from 'bcrypt';
import { Hono } from 'hono';
import { sessionMiddleware } from 'hono-sessions';
import { MongoClient, ObjectId } from 'mongodb';

const { PORT, MONGODB_URI, SECRET } = process.env;
const WEEK_SECONDS = 7 * 86_400;
const db = (await new MongoClient(MONGODB_URI).connect()).db();
const users = db.collection('users');
const sessions = db.collection('sessions');
await users.createIndex({ username: 1 }, { unique: true });
await sessions.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });

const withExpiry = (data) => ({ ...data, expires: new Date(data._expire ?? Date.now() + WEEK_SECONDS * 1000) });
const store = {
  getSessionById: (_id) => sessions.findOne({ _id }, { projection: { expires: 0 } }),
  createSession: (_id, data) => sessions.insertOne(withExpiry({ ...data, _id })),
  persistSessionData: (_id, data) => sessions.replaceOne({ _id }, withExpiry({ ...data, _id })),
  deleteSession: (_id) => sessions.deleteOne({ _id }),
};

const app = new Hono();
app.use(
  sessionMiddleware({
    store,
    encryptionKey: SECRET,
    expireAfterSeconds: WEEK_SECONDS,
    cookieOptions: { sameSite: 'Lax', path: '/', httpOnly: true },
  }),
);

app.post('/signup', async (c) => {
  const { username, password } = await c.req.json();
  await users.insertOne({ username, hash: await bcrypt.hash(password, 12) });
  return c.json({ username }, 201);
});

app.post('/login', async (c) => {
  const { username, password } = await c.req.json();
  const user = await users.findOne({ username: String(username) });
  if (!user || !(await bcrypt.compare(password, user.hash))) return c.body(null, 401);
  c.get('session').set('userId', user._id.toHexString());
  c.set('session_key_rotation', true);
  return c.json(view(user));
});

app.get('/protected', async (c) => {
  const userId = c.get('session').get('userId');
  const user = userId && (await users.findOne({ _id: new ObjectId(userId) }));
  return user ? c.json(view(user)) : c.body(null, 401);
});

serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' });

function view(user) {
  return { userId: user._id.toHexString(), userName: user.username };
}
