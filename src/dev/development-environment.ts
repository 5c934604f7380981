import { ConfigError } from '../config/app.config.js';
import { portOfMongodIn } from './data-folder.js';
import { keptSecret, MONGO_DATA, readDotEnv, SESSION_SECRET_FILE } from './dev-environment.js';
import { embeddedUri } from './replica-set.js';

/**
 * What `npm start` in this folder uses: `.env`, the secret under .data/ and, without MONGODB_URI, the database that it
 * is running.
 * @throws {ConfigError} when there is neither MONGODB_URI nor a running embedded database
 */
export async function developmentEnvironment(): Promise<NodeJS.ProcessEnv> {
  readDotEnv();
  // .env may have said so only now.
  if (process.env.NODE_ENV === 'production') return process.env;
  const MONGODB_URI = process.env.MONGODB_URI || (await runningDatabase());
  const SESSION_SECRETS = process.env.SESSION_SECRETS || (await keptSecret(SESSION_SECRET_FILE));
  return { ...process.env, MONGODB_URI, SESSION_SECRETS };
}

async function runningDatabase(): Promise<string> {
  const port = await portOfMongodIn(MONGO_DATA);
  if (port) return embeddedUri(port);
  throw new ConfigError(['MONGODB_URI is not set, and no `npm start` is running in this folder: do one of the two']);
}
