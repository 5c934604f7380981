// Fastify 5 with @fastify/cookie, @fastify/session and connect-mongo, each as its own documentation writes it.
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import bcrypt from 'bcrypt';
import { MongoStore } from 'connect-mongo';
import Fastify from 'fastify';
import { MongoClient, ObjectId } from 'mongodb';

const { PORT, MONGODB_URI, SECRET } = process.env;
const client = await new MongoClient(MONGODB_URI).connect();
const users = client.db().collection('users');
await users.createIndex({ username: 1 }, { unique: true });

const app = Fastify();
app.register(fastifyCookie);
app.register(fastifySession, {
  secret: SECRET,
  saveUninitialized: false,
  cookie: { secure: false, maxAge: 7 * 86_400_000 },
  store: MongoStore.create({ client }),
});

const string = { type: 'string', minLength: 1, maxLength: 256 };
const body = { type: 'object', required: ['username', 'password'], properties: { username: string, password: string } };

app.post('/signup', { schema: { body } }, async (request, reply) => {
  const { username, password } = request.body;
  await users.insertOne({ username, hash: await bcrypt.hash(password, 12) });
  return reply.code(201).send({ username });
});

app.post('/login', { schema: { body } }, async (request, reply) => {
  const { username, password } = request.body;
  const user = await users.findOne({ username });
  if (!user || !(await bcrypt.compare(password, user.hash))) return reply.code(401).send();
  await request.session.regenerate();
  request.session.set('userId', user._id.toHexString());
  return view(user);
});

app.get('/protected', { preHandler: loadUser }, (request) => view(request.user));

app.decorateRequest('user', null);
async function loadUser(request, reply) {
  const userId = request.session.get('userId');
  request.user = userId && (await users.findOne({ _id: new ObjectId(userId) }));
  return request.user ? undefined : reply.code(401).send();
}

function view(user) {
  return { userId: user._id.toHexString(), userName: user.username };
}

await app.listen({ port: Number(PORT), host: '127.0.0.1' });
