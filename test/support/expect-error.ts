import { STATUS_CODES } from 'node:http';
import { expect } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/errors/error-codes.js';

interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
}

/** Expects the error shape that all responses share. @param more additional fields: issues, reason, sessions */
export function expectError(answer: Answer, code: ErrorCode, more: object = {}): void {
  const { status, message } = ERROR_CODES[code];
  expect(answer.body).toEqual({
    statusCode: status,
    error: STATUS_CODES[status],
    code,
    message,
    requestId: answer.headers['x-request-id'],
    ...more,
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
}
