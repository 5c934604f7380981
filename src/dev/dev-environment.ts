import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../config/app.config.js';
import { replaceSecretFiles } from '../config/secret-files.js';
import { portOfMongodIn } from './mongod-data-folder.js';
import { DEVELOPMENT_MAILBOX } from '../config/mail-settings.js';
import { embeddedUri } from './replica-set.js';

/** The data folder of `npm start`, relative to its working directory. */
export const MONGO_DATA = '.data/mongo';
const SESSION_SECRET_FILE = '.data/session-secret';
const DATA_KEY_FILE = '.data/data-key';
/** A URI of a replica set. Encrypted secrets change in transactions, which a standalone mongod lacks. */
const REPLICA_SET_URI = /^mongodb\+srv:|[?&]replicaSet=/;

/**
 * The environment of `npm start` in this folder: `.env`, the secrets under .data/ and, without MONGODB_URI, the running
 * embedded MongoDB.
 * @throws {ConfigError} if there is neither MONGODB_URI nor a running embedded MongoDB
 */
export async function developmentEnvironment(): Promise<NodeJS.ProcessEnv> {
  readDotEnv();
  // .env may have set it.
  if (process.env.NODE_ENV === 'production') return process.env;
  return withDevDefaults(process.env.MONGODB_URI || (await runningDatabase()));
}

/** Adds the defaults of development: this database, a mailbox in place of a mail server, and a secret if none is set. */
export async function withDevDefaults(MONGODB_URI: string | undefined): Promise<NodeJS.ProcessEnv> {
  const NODE_ENV = process.env.NODE_ENV || 'development';
  const SESSION_SECRETS = process.env.SESSION_SECRETS || (await keptSecret(SESSION_SECRET_FILE));
  const mailbox = NODE_ENV === 'development' && !process.env.MAIL_URL;
  const MAIL_URL = mailbox ? DEVELOPMENT_MAILBOX : process.env.MAIL_URL;
  const MAIL_FROM = process.env.MAIL_FROM || (mailbox ? 'app@localhost' : undefined);
  const DATA_KEYS = process.env.DATA_KEYS || (await keptDataKey(MONGODB_URI));
  return { ...process.env, NODE_ENV, MONGODB_URI, SESSION_SECRETS, DATA_KEYS, MAIL_URL, MAIL_FROM };
}

async function keptDataKey(MONGODB_URI = ''): Promise<string | undefined> {
  return REPLICA_SET_URI.test(MONGODB_URI) ? `dev:${await keptSecret(DATA_KEY_FILE)}` : undefined;
}

async function runningDatabase(): Promise<string> {
  const port = await portOfMongodIn(MONGO_DATA);
  if (port) return embeddedUri(port);
  throw new ConfigError(['MONGODB_URI is not set, and no `npm start` is running in this folder: do one of the two']);
}

/** Adds `.env` to the environment if it exists; variables that are set already win. Then reads secrets from files. */
export function readDotEnv(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const unreadable = replaceSecretFiles(process.env);
  if (unreadable.length > 0) throw new ConfigError(unreadable);
}

/** A secret of this machine, created at the first start: cookies survive a restart, and no default secret is shared. */
async function keptSecret(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  // Written completely before it gets its name, so that a killed start leaves no partial file. The first of two starts wins.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}
