import type { AppConfig } from '../config/app.config.js';
import type { MongooseModuleFactoryOptions } from '@nestjs/mongoose';
import { TimedConnection } from './command-timing.js';

/** Finding a server that takes the operation, and connecting to it. */
const CONNECT_TIMEOUT_MS = 2_000;
/** A server that is silent for so long counts as gone: the driver tries once more, then the caller is told 503. */
const SILENCE_TIMEOUT_MS = 1_200;
const MAX_POOL_SIZE = 20;
/** Waiting for a free connection of the pool. */
const WAIT_QUEUE_TIMEOUT_MS = 1_500;

/** For a write that may be lost with its server, or that a later one in the same log makes safe before anybody is answered. */
export const WRITE_CONCERN_W1 = { writeConcern: { w: 1 } } as const;

/** How the one connection behaves. The figures are explained in docs/operations.md. */
export function databaseOptions({ mongodbUri }: Pick<AppConfig, 'mongodbUri'>): DatabaseOptions {
  return {
    uri: mongodbUri,
    // Database keeps trying by itself; Nest's own retries would hold the whole start back.
    lazyConnection: true,
    serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    socketTimeoutMS: SILENCE_TIMEOUT_MS,
    waitQueueTimeoutMS: WAIT_QUEUE_TIMEOUT_MS,
    maxPoolSize: MAX_POOL_SIZE,
    minPoolSize: 2,
    // Two at a time, the driver's default, would take a late server longer than requests may wait.
    maxConnecting: MAX_POOL_SIZE,
    // What was acknowledged survives the loss of the primary and of the power.
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: CONNECT_TIMEOUT_MS },
    // A query on a lost connection fails at once instead of waiting in Mongoose for ten seconds.
    bufferCommands: false,
    // Indexes are made by Database, awaited; Mongoose would make them in the background.
    autoIndex: false,
    autoCreate: false,
    sanitizeFilter: true,
    connectionType: TimedConnection,
  };
}

/** The driver's types leave out what it makes its connections of. */
type DatabaseOptions = MongooseModuleFactoryOptions & { connectionType: typeof TimedConnection };
