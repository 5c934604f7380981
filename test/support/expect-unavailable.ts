import { expect } from 'vitest';
import type { Answer } from './http.js';
import { timeLimit } from './time-limit.js';

/** The limit for a response while a database is slow, unavailable, silent or full. */
const LIMIT_MS = 3_000;

/** Expects 503 in time, without any Set-Cookie. */
export function expectUnavailable(answer: Answer): void {
  expect(answer.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
  expect(answer).toMatchObject({ status: 503, cookies: [], retryAfter: '1' });
  expect(answer.took).toBeLessThan(timeLimit(LIMIT_MS));
}
