import type { AppConfig } from '../config/app.config.js';
import type { MongooseModuleFactoryOptions } from '@nestjs/mongoose';
import type { CommandOperationOptions } from 'mongodb';
import { TimedConnection } from './command-timing.js';

/** Milliseconds to find a server that takes the operation, and to connect to it. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Milliseconds of silence after which a server counts as unavailable: the driver retries once, then the client gets 503. */
const SILENCE_TIMEOUT_MS = 1_200;
const MAX_POOL_SIZE = 20;
/** Milliseconds to wait for a free connection of the pool. */
const WAIT_QUEUE_TIMEOUT_MS = 1_500;

/** For writes that may be lost with their server, or that a later write of the same request makes durable. */
export const WRITE_CONCERN_W1 = { writeConcern: { w: 1 } } as const;

/** How the one connection behaves. The figures are explained in docs/operations.md. */
export function databaseOptions({ mongodbUri }: Pick<AppConfig, 'mongodbUri'>): DatabaseOptions {
  return {
    uri: mongodbUri,
    // DatabaseService retries by itself; Nest's own retries would delay the whole start.
    lazyConnection: true,
    serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    socketTimeoutMS: SILENCE_TIMEOUT_MS,
    waitQueueTimeoutMS: WAIT_QUEUE_TIMEOUT_MS,
    maxPoolSize: MAX_POOL_SIZE,
    minPoolSize: 2,
    // When a server comes back, the driver's default of two at a time would take longer than requests may wait.
    maxConnecting: MAX_POOL_SIZE,
    // Overrides the connection string, so that reads see every acknowledged write.
    readPreference: 'primary',
    retryReads: true,
    retryWrites: true,
    // Acknowledged writes survive the loss of the primary and of power.
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: CONNECT_TIMEOUT_MS },
    // A query on a lost connection fails at once instead of waiting in Mongoose for ten seconds.
    bufferCommands: false,
    // DatabaseService creates the indexes and awaits them; Mongoose would create them in the background.
    autoIndex: false,
    autoCreate: false,
    sanitizeFilter: true,
    connectionType: TimedConnection,
  };
}

/** The timeout of one command, in milliseconds. The driver takes this option for every command; its types lack it. */
export function commandTimeout(limitMs: number): { socketTimeoutMS?: number } & CommandOperationOptions {
  return { socketTimeoutMS: limitMs };
}

/** The driver's types lack the option that sets its connection class. */
type DatabaseOptions = MongooseModuleFactoryOptions & { connectionType: typeof TimedConnection };
