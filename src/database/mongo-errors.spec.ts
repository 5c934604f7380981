import { MongoBulkWriteError, MongoNetworkError, MongoServerError, type BulkWriteResult } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { isDatabaseUnavailable } from './mongo-errors.js';

/** As the driver throws what went wrong in the middle of a bulk write. */
const inBulk = (error: Error) => new MongoBulkWriteError(error, {} as BulkWriteResult);

/** Errors that the chaos tests cause only rarely. */
describe('isDatabaseUnavailable', () => {
  it.each([
    ['a socket that the system has closed', Object.assign(new Error(), { code: 'ECONNRESET', syscall: 'read' })],
    ['a socket that Node.js knows to be ended by the other side', Object.assign(new Error(), { code: 'EPIPE' })],
    ['a bulk write whose socket was cut', inBulk(Object.assign(new Error(), { code: 'ECONNRESET', syscall: 'write' }))],
    ['a bulk write without a server', inBulk(new MongoNetworkError('connect ECONNREFUSED'))],
    ['a look-up of mongodb+srv:// that failed', Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'querySrv' })],
    ['a full disk', new MongoServerError({ code: 8, message: '28: No space left on device' })],
    ['a server that is shutting down', new MongoServerError({ code: 11600, message: 'interrupted' })],
  ])('is true for %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it.each([
    ['a mistake of the app’s own', new TypeError('undefined is not a function')],
    ['a command that is wrong', new MongoServerError({ code: 2, message: 'BadValue' })],
    ['an unknown error of the server', new MongoServerError({ code: 8, message: 'something else' })],
    ['a bulk write that a server refuses', inBulk(new MongoServerError({ code: 121, message: 'no valid document' }))],
    ['a name that is taken', new MongoServerError({ code: 11000, message: 'E11000' })],
  ])('is false for %s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});
