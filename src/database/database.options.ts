import type { MongooseModuleFactoryOptions } from '@nestjs/mongoose';

/** An operation that takes longer counts as failed: the caller is told 503 instead of being kept waiting. */
export const OPERATION_TIMEOUT_MS = 2_000;

/** How the one connection behaves. The figures are explained in docs/operations.md. */
export function databaseOptions(uri: string): MongooseModuleFactoryOptions {
  return {
    uri,
    // Database keeps trying by itself; Nest's own retries would hold the whole start back.
    lazyConnection: true,
    serverSelectionTimeoutMS: OPERATION_TIMEOUT_MS,
    connectTimeoutMS: OPERATION_TIMEOUT_MS,
    timeoutMS: OPERATION_TIMEOUT_MS,
    maxPoolSize: 20,
    minPoolSize: 2,
    // What was acknowledged survives the loss of the primary and of the power.
    writeConcern: { w: 'majority', journal: true },
    // A query on a lost connection fails at once instead of waiting in Mongoose for ten seconds.
    bufferCommands: false,
    // Indexes are made by Database, awaited; Mongoose would make them in the background.
    autoIndex: false,
    autoCreate: false,
    sanitizeFilter: true,
  };
}
