import type { NextFunction, Request, RequestHandler, Response } from 'express';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/** Headers that frontends send, including those of tracing. Browsers block requests with any other header. */
const ALLOWED_HEADERS = [
  'Content-Type',
  'Authorization',
  'X-Requested-With',
  'X-Request-Id',
  'Cache-Control',
  'Last-Event-ID',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
].join(', ');

/**
 * Lets pages from ALLOWED_ORIGINS send cookies and read responses. Responds to preflights itself: they carry neither a body
 * nor cookies. The `cors` package would send Access-Control-Allow-Credentials to every origin.
 */
export function cors(allowed: readonly string[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { origin } = request.headers;
    // On every response: a cache must not serve the response for one origin to another.
    response.vary('Origin');
    if (origin !== undefined && allowed.includes(origin)) allow(origin, response);
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return next();
    response.status(204).end();
  };
}

function allow(origin: string, response: Response): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After, Location, Date');
  response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
  response.setHeader('Access-Control-Max-Age', String(PREFLIGHT_MAX_AGE_SECONDS));
}
