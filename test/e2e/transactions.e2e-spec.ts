import type { Request } from 'express';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseService } from '../../src/database/database.service.js';
import { SessionTransactionService } from '../../src/sessions/store/session-transaction.service.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a transaction', () => {
  let app: TestApp;
  let numbers: Collection<{ _id: string; n: number }>;
  beforeAll(async () => {
    app = await startTestApp({}, { singleProcess: 'its services are asked themselves' });
    numbers = app.db.collection('numbers');
  });
  beforeEach(async () => {
    await numbers.deleteMany({});
    await numbers.insertOne({ _id: 'one', n: 0 });
  });
  afterAll(() => app.close());

  it('that conflicts with another one runs again, and only the deferred work of the last run is done', async () => {
    const database = app.app.get(DatabaseService, { strict: false });
    const own = database.collection<{ _id: string; n: number }>('numbers');
    const done: number[] = [];
    let runs = 0;
    await database.transaction(async (session) => {
      const run = ++runs;
      await own.findOne({ _id: 'one' }, { session });
      database.beforeCommit(session!, () => Promise.resolve(done.push(run)));
      // The other one: this write cannot be made any more by a transaction that began before.
      if (run === 1) await numbers.updateOne({ _id: 'one' }, { $inc: { n: 1 } });
      await own.updateOne({ _id: 'one' }, { $inc: { n: 1 } }, { session });
    });
    expect(runs).toBe(2);
    expect(done).toEqual([2]);
    expect(await numbers.findOne({ _id: 'one' })).toMatchObject({ n: 2 });
  });

  it('is on its request only while it runs, however it ends', async () => {
    const transactions = app.app.get(SessionTransactionService, { strict: false });
    const request = { auth: {} } as Request;
    await transactions.run(request, async (session) => {
      expect(session).toBeDefined();
      expect(request.auth.transaction).toBe(session);
    });
    expect(request.auth.transaction).toBeUndefined();
    const failure = new Error('of its work');
    await expect(transactions.run(request, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(request.auth.transaction).toBeUndefined();
  });
});
