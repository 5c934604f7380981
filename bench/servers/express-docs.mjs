// Express 5, express-session, connect-mongo and passport-local, each as its own documentation writes it.
import bcrypt from 'bcrypt';
import { MongoStore } from 'connect-mongo';
import express from 'express';
import session from 'express-session';
import { MongoClient, ObjectId } from 'mongodb';
import passport from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';

const { PORT, MONGODB_URI, SECRET } = process.env;
const client = await new MongoClient(MONGODB_URI).connect();
const users = client.db().collection('users');
await users.createIndex({ username: 1 }, { unique: true });

passport.use(
  new LocalStrategy((username, password, done) => {
    findWithPassword(username, password).then((user) => done(null, user), done);
  }),
);
passport.serializeUser((user, done) => done(null, user._id.toHexString()));
passport.deserializeUser((id, done) => {
  users.findOne({ _id: new ObjectId(id) }).then((user) => done(null, user ?? false), done);
});

const app = express();
app.use(express.json());
app.use(
  session({
    secret: SECRET,
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 7 * 86_400_000 },
    store: MongoStore.create({ client }),
  }),
);
app.use(passport.initialize());
app.use(passport.session());

app.post('/signup', async (request, response) => {
  const { username, password } = request.body;
  await users.insertOne({ username, hash: await bcrypt.hash(password, 12) });
  response.status(201).json({ username });
});
app.post('/login', passport.authenticate('local'), (request, response) => response.json(view(request.user)));
app.get('/protected', (request, response) => {
  if (request.isAuthenticated()) response.json(view(request.user));
  else response.sendStatus(401);
});
app.listen(Number(PORT), '127.0.0.1');

async function findWithPassword(username, password) {
  const user = await users.findOne({ username });
  return user && (await bcrypt.compare(password, user.hash)) ? user : false;
}

function view(user) {
  return { userId: user._id.toHexString(), userName: user.username };
}
