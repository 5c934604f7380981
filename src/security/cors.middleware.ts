import type { NextFunction, Request, RequestHandler, Response } from 'express';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/**
 * Lets the pages of ALLOWED_ORIGINS call with cookies and read the answers; nobody else. A preflight is answered here:
 * it carries neither a body nor cookies, so there is nothing else to check about it.
 */
export function cors(allowed: readonly string[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { origin } = request.headers;
    // Always: a cache must not give the answer for one origin to another, nor that for none.
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
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
  response.setHeader('Access-Control-Max-Age', String(PREFLIGHT_MAX_AGE_SECONDS));
}
