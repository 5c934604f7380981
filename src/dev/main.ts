import '../v8-flags.js';
import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { serve } from '../app.bootstrap.js';
import { ConfigError, loadConfig, type AppConfig } from '../config/app.config.js';
import { exitWithError } from '../config/startup-error.js';
import { createLogger } from '../logging/logger.js';
import { withDevDefaults, MONGO_DATA, readDotEnv } from './dev-environment.js';
import { startEmbeddedMongo, type EmbeddedMongo } from './embedded-mongo.js';
import { terminalLog } from './terminal-log.js';

/** Not MongoDB's default port, so that a local MongoDB keeps it. */
const MONGO_PORT = 27027;

/** `npm start`: creates what the settings leave out, such as secrets and a real MongoDB, under .data/. */
async function startForDevelopment(): Promise<void> {
  readDotEnv();
  if (process.env.NODE_ENV === 'production') throw new ConfigError(['NODE_ENV=production is for npm run start:prod']);
  const embedded = process.env.MONGODB_URI
    ? undefined
    : await startEmbeddedMongo({ dbPath: MONGO_DATA, port: MONGO_PORT });
  try {
    const config = loadConfig(await withDevDefaults(embedded?.uri ?? process.env.MONGODB_URI));
    const { features, page } = await mailboxOf(config);
    const logger = createLogger(config, await terminalLog());
    const url = await serve(config, { logger, extraModules: features, afterClose: async () => embedded?.stop() });
    printBanner(url, embedded, page);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Mails stay on this machine unless MAIL_URL names a server. */
async function mailboxOf({ mail }: AppConfig): Promise<{ features: Type[]; page?: string }> {
  if (!mail || !('mailbox' in mail.server)) return { features: [] };
  const { MailboxModule } = await import('../mail/mailbox/mailbox.module.js');
  return { features: [MailboxModule], page: '/dev/mailbox' };
}

function printBanner(url: string, embedded?: EmbeddedMongo, mailbox?: string): void {
  const database = embedded
    ? `${embedded.dataPath} (embedded MongoDB, ${embedded.uri})`
    : 'in the database of MONGODB_URI';
  process.stdout.write(`
  Listening on  ${url}
  Data          ${database}
  Mails         ${mailbox ? `${url}${mailbox}` : 'sent to the server of MAIL_URL'}
  Try           curl -i ${url}/users/signup -H 'Content-Type: application/json' \\
                  -d '{"username":"ada","password":"correct horse battery"}'
  Stop          Ctrl-C

`);
}

try {
  await startForDevelopment();
} catch (error) {
  exitWithError(error);
}
