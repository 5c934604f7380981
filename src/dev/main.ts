import '../v8-flags.js';
import 'reflect-metadata';
import { serve } from '../app.bootstrap.js';
import { ConfigError, loadConfig } from '../config/app.config.js';
import { failToStart } from '../config/startup-error.js';
import { environmentWith, MONGO_DATA, readDotEnv } from './dev-environment.js';
import { startEmbeddedMongo, type EmbeddedMongo } from './embedded-mongo.js';

/** Beside MongoDB's own, so that a database on its usual port is left alone. */
const MONGO_PORT = 27027;

/** `npm start`: everything that is needed and not set is made under .data/, a real MongoDB included. */
async function startForDevelopment(): Promise<void> {
  readDotEnv();
  if (process.env.NODE_ENV === 'production') throw new ConfigError(['NODE_ENV=production is for npm run start:prod']);
  const embedded = process.env.MONGODB_URI
    ? undefined
    : await startEmbeddedMongo({ dbPath: MONGO_DATA, port: MONGO_PORT });
  try {
    const config = loadConfig(await environmentWith(embedded?.uri ?? process.env.MONGODB_URI));
    welcome(await serve(config, async () => embedded?.stop()), embedded);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

function welcome(url: string, embedded?: EmbeddedMongo): void {
  const database = embedded
    ? `${embedded.dataPath} (embedded MongoDB, ${embedded.uri})`
    : 'in the database of MONGODB_URI';
  process.stdout.write(`
  Listening on  ${url}
  Data          ${database}
  Try           curl -i ${url}/users/signup -H 'Content-Type: application/json' \\
                  -d '{"username":"ada","password":"correct horse battery"}'
  Stop          Ctrl-C

`);
}

try {
  await startForDevelopment();
} catch (error) {
  failToStart(error);
}
