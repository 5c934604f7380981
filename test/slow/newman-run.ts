import newman, { type Run } from 'newman';
import { expect } from 'vitest';
import { assertionsIn, COLLECTION_FILE, readCollection, type PostmanRequest } from '../support/postman.js';

/** The result of a run of the collection. */
export interface Outcome {
  /** By the name of the request. */
  statuses: Record<string, number | undefined>;
  failures: { request: string; assertion: string; message: string }[];
  stats: Run['stats'];
}

/** Runs the collection in Newman. @param folder its name, to run it alone */
export function run(environment: Record<string, string>, folder?: string): Promise<Outcome> {
  const envVar = Object.entries(environment).map(([key, value]) => ({ key, value }));
  return new Promise((resolve, reject) => {
    newman.run({ collection: COLLECTION_FILE, folder, envVar, timeoutRequest: 10_000 }, (error, summary) => {
      if (error) return reject(error);
      const { failures, stats, executions } = summary.run;
      resolve({
        statuses: Object.fromEntries(executions.map(({ item, response }) => [item.name, response?.code])),
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

/** Expects that these requests were sent and that each of their assertions passed. */
export function assertAllPass({ failures, stats }: Outcome, asked: PostmanRequest[]): void {
  const perRequest = assertionsIn(readCollection().event);
  const assertions = asked.reduce((sum, { event }) => sum + assertionsIn(event) + perRequest, 0);
  expect(failures).toEqual([]);
  expect(stats.requests.failed).toBe(0);
  expect(stats.assertions).toMatchObject({ total: assertions, failed: 0 });
}
