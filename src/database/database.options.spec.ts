import { describe, expect, it } from 'vitest';
import { databaseOptions } from './database.options.js';

describe('databaseOptions', () => {
  it('acknowledge no write that the loss of the primary or of the power could undo', () => {
    const { writeConcern } = databaseOptions({ mongodbUri: 'mongodb://127.0.0.1/db' });
    expect(writeConcern).toMatchObject({ w: 'majority', journal: true });
  });

  it('give up on a write that no majority takes within the three seconds in which a client is answered', () => {
    const { writeConcern } = databaseOptions({ mongodbUri: 'mongodb://127.0.0.1/db' });
    expect(writeConcern).toMatchObject({ wtimeoutMS: expect.any(Number) });
    expect((writeConcern as { wtimeoutMS: number }).wtimeoutMS).toBeLessThan(3_000);
  });
});
