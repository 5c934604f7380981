import bodyParser from 'body-parser';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import typeis from 'type-is';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { isPlainJson } from './json-text.js';

/**
 * Bodies are JSON or refused. A form, which any page can send across sites without asking first, never gets as far as
 * signing in or out; that holds for an empty form too.
 */
export function jsonOnly(limit: number): RequestHandler {
  const parse = bodyParser.json({ limit, type: () => true, verify: plainJson });
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!acceptable(request)) return next(new AppError('unsupported_media_type'));
    const done = once(next);
    whenLarger(limit, request, () => {
      if (!response.headersSent) response.setHeader('Connection', 'close');
      done(new AppError('payload_too_large'));
    });
    parse(request, response, (error?: BodyError) => {
      // Nobody is left to be told.
      if (error?.type !== 'request.aborted') done(error && bodyError(error));
    });
  };
}

/** At the first byte too many. body-parser would read a body to its end, however far that is, before it says so. */
function whenLarger(limit: number, request: Request, refuse: () => void): void {
  if (Number(request.headers['content-length']) > limit) return refuse();
  if (!hasContent(request)) return;
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > limit) refuse();
  });
}

function once(next: NextFunction): NextFunction {
  let called = false;
  return (error?: unknown) => {
    if (called) return;
    called = true;
    next(error);
  };
}

function acceptable(request: Request): boolean {
  const type = request.headers['content-type'];
  if (type === undefined) return !hasContent(request);
  return typeis.is(type, ['application/json']) !== false || (isRead(request) && !hasContent(request));
}

const isRead = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

const hasContent = (request: Request): boolean => typeis.hasBody(request) && request.headers['content-length'] !== '0';

function plainJson(_request: IncomingMessage, _response: ServerResponse, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8') throw Object.assign(new Error('not UTF-8'), { type: 'charset.unsupported' });
  if (!isPlainJson(body)) throw new Error('not plain JSON');
}

/** body-parser's own texts quote the body, so none of them is passed on. */
const CODES: Record<string, ErrorCode> = {
  'entity.too.large': 'payload_too_large',
  'charset.unsupported': 'unsupported_media_type',
  'encoding.unsupported': 'unsupported_media_type',
};

interface BodyError {
  type?: string;
}

function bodyError({ type = '' }: BodyError): AppError {
  return new AppError(CODES[type] ?? 'malformed_json');
}
