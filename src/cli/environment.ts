import { MongoClient } from 'mongodb';
import { serversOf } from './mongo-uri.js';

/**
 * The settings of an operator command: the environment with NODE_ENV=production, otherwise the settings of `npm start` in the
 * same folder. MONGODB_URI, if set, replaces the embedded MongoDB. Without NODE_ENV, prints the database to stderr.
 * @throws {ConfigError} if there is neither MONGODB_URI nor a running embedded MongoDB
 */
export async function commandEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { NODE_ENV } = process.env;
  if (NODE_ENV === 'production') return process.env;
  const environment = await developmentEnvironment();
  if (!NODE_ENV) announceDatabase(environment.MONGODB_URI);
  return environment;
}

/** Loads code for development only here: a production image may come without it. */
async function developmentEnvironment(): Promise<NodeJS.ProcessEnv> {
  try {
    const development = await import('../dev/dev-environment.js');
    return await development.developmentEnvironment();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return process.env;
    throw error;
  }
}

function announceDatabase(uri = ''): void {
  try {
    const client = new MongoClient(uri);
    process.stderr.write(`Database: ${client.options.dbName} at ${serversOf(client)}\n`);
  } catch {
    // The settings are checked later, by a message that names the setting.
  }
}
