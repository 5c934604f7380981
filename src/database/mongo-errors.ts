import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import mongoose from 'mongoose';

export const DUPLICATE_KEY = 11000;
const UNKNOWN_ERROR = 8;

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Server codes that speak of the database's state, not of a wrong command: not primary, shutting down, interrupted,
 * out of time, out of disk, write concern not met, write conflict.
 * @see https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 */
const STATE_CODES = new Set([
  6, 7, 50, 64, 79, 89, 91, 100, 112, 133, 134, 189, 202, 246, 262, 290, 317, 358, 384, 9001, 10058, 10107, 11600,
  11601, 11602, 13388, 13435, 13436, 14031,
]);

/** Whether the database is away, silent, too slow or unable to write: what a client is told as 503. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (isSocketError(error) || isDnsError(error) || isIncompleteBulkError(error)) return true;
  if (error instanceof MongoServerError) {
    return STATE_CODES.has(Number(error.code)) || error.hasErrorLabel('RetryableWriteError') || isDiskFull(error);
  }
  if (error instanceof mongoose.mongo.MongoError || error instanceof MongoError) return !isMisuse(error);
  // Nobody answered in time, or no primary was among those who did: its text says what there was to say of the servers.
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  // Mongoose's own: a query before the connection is open, or after it was closed.
  return error instanceof mongoose.MongooseError && /connect|buffer/i.test(error.message);
}

/** A file that the disk has no room for. mongod hands on what the system said, without a code of its own for it. */
const isDiskFull = ({ code, message }: MongoError): boolean =>
  code === UNKNOWN_ERROR && message.includes('No space left on device');

/**
 * The driver hands on the error of a write to a connection that was just cut as it is: from the system, or from Node.js
 * itself where it knows already that the other side has hung up. Redis' and the providers' errors are
 * told apart before they get here.
 */
const isSocketError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SOCKET_CODES.has(String(error.code));

/** A bulk write hands on the driver's own errors as the server's; but what a server says has a code. */
const isIncompleteBulkError = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError && error.code === undefined;

const SOCKET_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** `mongodb+srv://` asks for the names of the servers first, and the driver hands on how that failed as it is. */
const isDnsError = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && /^query(Srv|Txt)$/.test(String(error.syscall));

const isMisuse = (error: MongoError): boolean =>
  ['MongoInvalidArgumentError', 'MongoMissingDependencyError', 'MongoParseError'].includes(error.name);
