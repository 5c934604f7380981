import bodyParser from 'body-parser';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import typeis from 'type-is';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { isPlainJson } from './json-guards.js';

/**
 * Parses JSON bodies and rejects all others, so that no HTML form of another site can sign anyone in or out. A request
 * without a body may name any Content-Type: axios, Go and Java send one.
 */
export function jsonBody(limit: number): RequestHandler {
  const parse = bodyParser.json({ limit, type: () => true, verify: plainJson });
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!hasContent(request)) return next();
    const done = once(next);
    if (!isUtf8Json(request)) return passIfEmpty(request, done);
    // body-parser rejects `charset=utf8`, which means UTF-8 as well.
    request.headers['content-type'] = 'application/json';
    whenLarger(limit, request, () => {
      if (!response.headersSent) response.setHeader('Connection', 'close');
      done(new AppError('payload_too_large'));
    });
    parse(request, response, (error?: BodyError) => {
      // If the client has disconnected, the request ends here.
      if (error?.type !== 'request.aborted') done(error && bodyError(error));
    });
  };
}

/** Rejects at the first byte over the limit. body-parser would read the body to its end first. */
function whenLarger(limit: number, request: Request, reject: () => void): void {
  if (Number(request.headers['content-length']) > limit) return reject();
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > limit) reject();
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

function isUtf8Json({ headers }: Request): boolean {
  const type = headers['content-type'];
  if (type === undefined || typeis.is(type, ['application/json']) === false) return false;
  const charset = CHARSET.exec(type)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** Whether a chunked request has a body shows only when its first data or its end arrives. */
function passIfEmpty(request: Request, done: NextFunction): void {
  const reject = () => done(new AppError('unsupported_media_type'));
  if (request.headers['transfer-encoding'] === undefined) return reject();
  request.once('data', reject);
  request.once('end', () => done());
}

const hasContent = (request: Request): boolean =>
  typeis.hasBody(request) && Number(request.headers['content-length']) !== 0;

function plainJson(_request: IncomingMessage, _response: ServerResponse, body: Buffer): void {
  if (!isPlainJson(body)) throw new Error('not plain JSON');
}

/** body-parser's own messages quote the body, so none of them is passed on. */
const CODES: Record<string, ErrorCode> = {
  'entity.too.large': 'payload_too_large',
  'encoding.unsupported': 'unsupported_media_type',
};

interface BodyError {
  type?: string;
}

function bodyError({ type = '' }: BodyError): AppError {
  return new AppError(CODES[type] ?? 'malformed_json');
}
