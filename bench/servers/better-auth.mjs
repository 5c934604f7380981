// Better Auth on Express, as its documentation writes it. Its limiter is off: one address sends all the load.
import { betterAuth } from 'better-auth';
import { mongodbAdapter } from 'better-auth/adapters/mongodb';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import express from 'express';
import { MongoClient } from 'mongodb';

const { PORT, MONGODB_URI, SECRET } = process.env;
const client = await new MongoClient(MONGODB_URI).connect();
const auth = betterAuth({
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: SECRET,
  database: mongodbAdapter(client.db(), { client }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
});

const app = express();
app.all('/api/auth/*splat', toNodeHandler(auth));
app.get('/protected', async (request, response) => {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
  if (session) response.json({ userId: session.user.id, userName: session.user.name });
  else response.sendStatus(401);
});
app.listen(Number(PORT), '127.0.0.1');
