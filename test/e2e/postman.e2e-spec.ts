import newman, { type Run } from 'newman';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertionsIn, COLLECTION_FILE, readCollection, requestsOf } from '../support/postman.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the Postman collection', () => {
  const collection = readCollection();
  const requests = requestsOf(collection);
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('runs from top to bottom, all of it, without a failure, and again', { timeout: 120_000 }, async () => {
    const perRequest = assertionsIn(collection.event);
    const assertions = requests.reduce((sum, { event }) => sum + assertionsIn(event) + perRequest, 0);
    for (const _run of ['first', 'second']) {
      const { failures, stats } = await run(app.url);
      expect(failures).toEqual([]);
      expect(stats.requests).toMatchObject({ total: requests.length, failed: 0 });
      expect(stats.assertions).toMatchObject({ total: assertions, failed: 0 });
    }
  });

  it('asserts something about every request', () => {
    expect(requests.filter(({ event }) => assertionsIn(event) === 0)).toEqual([]);
  });

  it('is made for a server on its usual address', () => {
    expect(collection.variable).toContainEqual({ key: 'baseUrl', value: 'http://localhost:3000' });
  });
});

interface Outcome {
  failures: { request: string; assertion: string; message: string }[];
  stats: Run['stats'];
}

function run(baseUrl: string): Promise<Outcome> {
  const options = { collection: COLLECTION_FILE, envVar: [{ key: 'baseUrl', value: baseUrl }], timeoutRequest: 10_000 };
  return new Promise((resolve, reject) => {
    newman.run(options, (error, { run: { failures, stats } }) => {
      if (error) return reject(error);
      resolve({
        stats,
        failures: failures.map(({ source, error: { test, message } }) => ({
          request: source?.name ?? '',
          assertion: test ?? '',
          message,
        })),
      });
    });
  });
}
