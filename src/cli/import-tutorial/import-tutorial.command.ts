import type { Command } from 'commander';
import { MongoClient } from 'mongodb';
import { DatabaseService } from '../../database/database.service.js';
import { UserImporter } from './user-importer.js';
import { withApp } from '../app-context.js';
import { CommandError, command, UsageError, type Outcome } from '../command.js';
import { namesDatabase, serversOf } from '../mongo-uri.js';
import { showProgress } from '../progress.js';
import { promptPassword } from '../password-prompt.js';
import { importUsers, type ImportSummary } from './tutorial-import.js';
import type { TutorialDocument } from './tutorial-user.js';

const CONNECT_TIMEOUT_MS = 5_000;

export const importTutorial = (): Command =>
  command('import-tutorial', "bring over the users of the tutorial's app; can be run again", bringOver)
    .requiredOption('--from <uri>', 'its database, mongodb://host/name; - to read the URI from stdin')
    .option('--collection <name>', 'where its users are', 'users');

async function bringOver({ from, collection }: { from: string; collection: string }): Promise<Outcome> {
  const source = sourceClient(from === '-' ? await promptPassword('Address: ') : from);
  try {
    const summary = await withApp(async (app, { mongodbUri }) => {
      rejectOwnDatabase(source, new MongoClient(mongodbUri));
      const users = source.db().collection<TutorialDocument>(collection);
      const progress = showProgress(await users.estimatedDocumentCount());
      try {
        return await importUsers(users, new UserImporter(app.get(DatabaseService, { strict: false })), progress);
      } finally {
        progress.stop();
      }
    });
    if (summary.read === 0) throw nothingIn(source, collection);
    return { lines: describe(summary), json: summary, failed: summary.skipped.length > 0 };
  } finally {
    await source.close();
  }
}

function sourceClient(uri: string): MongoClient {
  const client = readAddress(uri);
  // The driver's default would be `test`.
  if (!namesDatabase(uri)) throw new UsageError('--from names no database: mongodb://host:27017/NAME.');
  return client;
}

function readAddress(uri: string): MongoClient {
  try {
    return new MongoClient(uri, { serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS });
  } catch {
    // The driver's message may quote the URI, which holds a password.
    throw new UsageError('--from must be a mongodb:// or mongodb+srv:// URI.');
  }
}

/** The tutorial's documents must not share a database with the accounts of this app. */
function rejectOwnDatabase({ options: source }: MongoClient, { options: target }: MongoClient): void {
  const shared = source.hosts.some((host) => target.hosts.some((other) => other.toString() === host.toString()));
  if (!shared || source.dbName !== target.dbName) return;
  throw new UsageError('--from is the database of MONGODB_URI. Use a separate database for this app.');
}

/** MongoDB accepts any collection name and finds nothing: the name is probably misspelled. */
function nothingIn(source: MongoClient, collection: string): CommandError {
  const where = `the collection ${JSON.stringify(collection)} of the database ${JSON.stringify(source.options.dbName)}`;
  return new CommandError('nothing_to_import', `There are no documents in ${where} at ${serversOf(source)}.`);
}

function describe({ read, created, present, skipped }: ImportSummary): string[] {
  return [
    // Quoted, because a username may contain control sequences of terminals.
    ...skipped.map(({ id, username, reason }) => `Skipped: ${JSON.stringify(username)} (${id}): ${reason}`),
    `${read} read, ${created} imported, ${present} imported before, ${skipped.length} skipped.`,
  ];
}
