import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { loadConfig, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { createLogger, NestLogger } from '../logging/logger.js';
import { CommandError } from './command.js';
import { terminal } from './terminal.js';

/**
 * Runs work on the app without a port, with the same settings, services and rules as the server.
 * @throws {ConfigError} when a setting is wrong
 * @throws {AppError} database_unavailable
 */
export async function withApp<T>(work: (app: INestApplicationContext, config: AppConfig) => Promise<T>): Promise<T> {
  const { environment, stderr } = terminal();
  // The metrics port and deliveries belong to the server process.
  const config = { ...loadConfig(await environment()), metricsPort: null, deliversOutbox: false };
  const logger = createLogger({ logLevel: 'error' }, { write: (line) => void stderr.write(line) });
  const app = await NestFactory.createApplicationContext(AppModule.with(config, logger), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  try {
    // A server waits for its database; a command fails at once.
    if (!app.get(DatabaseService).ready) throw new AppError('database_unavailable');
    return await work(app, config);
  } finally {
    await app.close();
  }
}

/** @throws {CommandError} no_such_user if no account has this name */
export async function findUser(app: INestApplicationContext, username: string): Promise<UserRecord> {
  const user = await app.get(UsersService, { strict: false }).findByUsername(username);
  if (!user) throw new CommandError('no_such_user', `There is no user ${JSON.stringify(username)}.`);
  return user;
}
