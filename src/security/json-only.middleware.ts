import bodyParser from 'body-parser';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import typeis from 'type-is';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';

/**
 * Bodies are JSON or refused. A form, which any page can send across sites without asking first, never gets as far as
 * signing in or out; that holds for an empty form too.
 */
export function jsonOnly(limit: number): RequestHandler {
  const parse = bodyParser.json({ limit, type: () => true });
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!acceptable(request)) return next(new AppError('unsupported_media_type'));
    parse(request, response, (error?: unknown) => next(error ? bodyError(error) : undefined));
  };
}

function acceptable(request: Request): boolean {
  const type = request.headers['content-type'];
  if (type === undefined) return !hasContent(request);
  return typeis.is(type, ['application/json']) !== false || (isRead(request) && !hasContent(request));
}

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

const hasContent = (request: Request): boolean => typeis.hasBody(request) && request.headers['content-length'] !== '0';

/** body-parser's own texts quote the body, so none of them is passed on. */
const CODES: Record<string, ErrorCode> = {
  'entity.too.large': 'payload_too_large',
  'charset.unsupported': 'unsupported_media_type',
  'encoding.unsupported': 'unsupported_media_type',
};

function bodyError(error: unknown): AppError {
  const { type = '' } = error as { type?: string };
  return new AppError(CODES[type] ?? 'malformed_json');
}
