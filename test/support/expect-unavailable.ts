import { expect } from 'vitest';
import type { Answer } from './http.js';
import { timeLimit } from './time-limit.js';

/** What a client is promised when a store is slow, gone, silent or full. */
const LIMIT_MS = 3_000;

/** 503 in time, with every cookie left alone. */
export function expectUnavailable(answer: Answer): void {
  expect(answer.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
  expect(answer).toMatchObject({ status: 503, cookies: [], retryAfter: '1' });
  expect(answer.took).toBeLessThan(timeLimit(LIMIT_MS));
}
