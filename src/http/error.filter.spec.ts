import type { ArgumentsHost } from '@nestjs/common';
import type { Request, Response } from 'express';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SecurityLoggerService } from '../logging/security-logger.service.js';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { ErrorFilter } from './error.filter.js';

const silent = pino({ level: 'silent' });
const filter = new ErrorFilter(silent, new SecurityLoggerService(silent));

/** Gives the error to the filter. @returns what the client has been sent so far */
function fail(code: ErrorCode): { sent: unknown[]; response: { headersSent: boolean } } {
  const sent: unknown[] = [];
  const response = {
    headersSent: false,
    locals: {},
    setHeader: () => response,
    removeHeader: () => undefined,
    status: () => response,
    json: (body: unknown) => sent.push(body),
  };
  const request = { id: '1', headers: {} } as unknown as Request;
  const http = { getRequest: () => request, getResponse: () => response as unknown as Response };
  filter.catch(new AppError(code), { switchToHttp: () => http } as unknown as ArgumentsHost);
  return { sent, response };
}

describe('ErrorFilter', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each<ErrorCode>(['overloaded', 'rate_limited'])(
    'delays the error %s, so that clients that retry at once do not slow down reads',
    (code) => {
      const { sent } = fail(code);
      expect(sent).toEqual([]);
      vi.advanceTimersByTime(49);
      expect(sent).toEqual([expect.objectContaining({ code })]);
    },
  );

  it.each<ErrorCode>(['invalid_credentials', 'database_unavailable', 'internal_error'])('sends %s at once', (code) => {
    expect(fail(code).sent).toEqual([expect.objectContaining({ code })]);
  });

  it('sends nothing if another response was sent during the delay', () => {
    const { sent, response } = fail('overloaded');
    response.headersSent = true;
    vi.advanceTimersByTime(49);
    expect(sent).toEqual([]);
  });
});
