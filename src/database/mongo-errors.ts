import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import mongoose from 'mongoose';

export const DUPLICATE_KEY = 11000;
const UNKNOWN_ERROR = 8;

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Server codes about the state of the database, as opposed to a wrong command: not primary, shutting down, interrupted,
 * timed out, disk full, write concern not met, write conflict.
 * @see https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 */
const STATE_CODES = {
  HostUnreachable: 6,
  HostNotFound: 7,
  MaxTimeMSExpired: 50,
  WriteConcernTimeout: 64,
  UnknownReplWriteConcern: 79,
  NetworkTimeout: 89,
  ShutdownInProgress: 91,
  UnsatisfiableWriteConcern: 100,
  WriteConflict: 112,
  FailedToSatisfyReadPreference: 133,
  ReadConcernMajorityNotAvailableYet: 134,
  PrimarySteppedDown: 189,
  NetworkInterfaceExceededTimeLimit: 202,
  SnapshotUnavailable: 246,
  ExceededTimeLimit: 262,
  TransactionExceededLifetimeLimitSeconds: 290,
  ConnectionPoolExpired: 317,
  InternalTransactionNotSupported: 358,
  ConnectionError: 384,
  SocketException: 9001,
  LegacyNotPrimary: 10058,
  NotWritablePrimary: 10107,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  InterruptedDueToReplStateChange: 11602,
  StaleConfig: 13388,
  NotPrimaryNoSecondaryOk: 13435,
  NotPrimaryOrSecondary: 13436,
  OutOfDiskSpace: 14031,
} as const;
const UNAVAILABLE: ReadonlySet<number> = new Set(Object.values(STATE_CODES));

/** Whether the database is unavailable, too slow or unable to write: clients get 503. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (isSocketError(error) || isDnsError(error) || isIncompleteBulkError(error)) return true;
  if (error instanceof MongoServerError) {
    return UNAVAILABLE.has(Number(error.code)) || error.hasErrorLabel('RetryableWriteError') || isDiskFull(error);
  }
  if (error instanceof mongoose.mongo.MongoError || error instanceof MongoError) return !isMisuse(error);
  // No server responded in time, or none was primary; the message describes the servers.
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  // Mongoose's own: a query before the connection is open, or after it was closed.
  return error instanceof mongoose.MongooseError && /connect|buffer/i.test(error.message);
}

/** The disk is full. mongod passes on the system's message without a code of its own. */
const isDiskFull = ({ code, message }: MongoError): boolean =>
  code === UNKNOWN_ERROR && message.includes('No space left on device');

/**
 * The driver passes on the error of a write to a lost connection unchanged: from the system, or from Node.js if the other
 * side has closed the connection. Errors of Redis and of providers never reach this function.
 */
const isSocketError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SOCKET_CODES.has(String(error.code));

/** A bulk write presents the driver's own errors as the server's, but only the server's have a code. */
const isIncompleteBulkError = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError && error.code === undefined;

const SOCKET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** `mongodb+srv://` looks the servers up in DNS first, and the driver passes on DNS errors unchanged. */
const isDnsError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && /^query(Srv|Txt)$/.test(String(error.syscall));

const isMisuse = (error: MongoError): boolean =>
  ['MongoInvalidArgumentError', 'MongoMissingDependencyError', 'MongoParseError'].includes(error.name);
