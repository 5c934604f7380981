import { startServer } from './server-process.mjs';

const ACCOUNTS = 64;

/**
 * Starts a contender on a database of its own and stores accounts and sessions in it.
 * @param settings environment variables beside those of the contender
 */
export async function launch(contender, mongo, settings = {}) {
  const uri = mongo.uri(contender.database);
  await contender.prepare?.(uri);
  const env = { ...contender.env(uri), ...settings };
  const server = await startServer({ command: contender.command, env });
  try {
    await server.listening();
    const cookies = await contender.seed(mongo.db(contender.database), server, ACCOUNTS, uri);
    await server.ready(contender.read, { cookie: cookies[1] });
    return { contender, server, cookies, env };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
