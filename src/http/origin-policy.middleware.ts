import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors/app.error.js';
import { originAllowed, type RequestOrigin } from './origin-policy.js';

/** Rejects writes that a page of another site made a browser send. */
export function originPolicy(allowed: readonly string[]): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    next(writes(request) && !originAllowed(sent(request), allowed) ? new AppError('origin_not_allowed') : undefined);
  };
}

function sent(request: Request): RequestOrigin {
  const { origin, 'sec-fetch-site': fetchSite } = request.headers;
  return { origin, fetchSite, ownOrigin: ownOrigin(request) };
}

/** GET /users/logout, which old clients use. Matches every spelling that Express routes to it. */
const LOGOUT = /^\/users\/logout\/?$/i;

function writes({ method, path }: Request): boolean {
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return !reads || (method !== 'OPTIONS' && LOGOUT.test(path));
}

/** The origin as a browser writes it: without a default port. Behind proxies it depends on TRUST_PROXY. */
function ownOrigin({ protocol, host }: Request): string | undefined {
  const url = `${protocol}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
