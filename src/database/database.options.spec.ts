import { MongoClient, type MongoClientOptions } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { databaseOptions } from './database.options.js';

/** The effective options of the driver, from a connection string and the options of the app. */
function effective(query = ''): MongoClient['options'] {
  const mongodbUri = `mongodb://127.0.0.1/db?${query}`;
  const { readPreference, retryReads, retryWrites, writeConcern, socketTimeoutMS } = databaseOptions({ mongodbUri });
  const options = { readPreference, retryReads, retryWrites, writeConcern, socketTimeoutMS } as MongoClientOptions;
  return new MongoClient(mongodbUri, options).options;
}

describe('databaseOptions', () => {
  it('acknowledge only writes that survive the loss of the primary or of power', () => {
    expect(effective().writeConcern).toMatchObject({ w: 'majority', journal: true });
  });

  it('give up on a write without a majority within the three seconds of a response', () => {
    expect(effective().writeConcern.wtimeoutMS).toBeLessThan(3_000);
  });

  /** @see https://github.com/Automattic/mongoose/issues/12436 */
  it.each(['w=0', 'w=1', 'wtimeoutMS=600000', 'retryWrites=false', 'retryReads=false', 'readPreference=secondary'])(
    'override the connection string: %s',
    (query) => {
      const { writeConcern, retryWrites, retryReads, readPreference, socketTimeoutMS } = effective(query);
      const kept = effective();
      expect(writeConcern).toEqual(kept.writeConcern);
      expect([retryWrites, retryReads, readPreference.mode]).toEqual([true, true, 'primary']);
      expect(socketTimeoutMS).toBe(kept.socketTimeoutMS);
    },
  );
});
