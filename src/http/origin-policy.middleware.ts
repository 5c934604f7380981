import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors/app.error.js';
import { originAllowed, type RequestOrigin } from './origin-policy.js';

/** Refuses writes that a page of another site has made a browser send. */
export function originPolicy(allowed: readonly string[]): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    next(writes(request) && !originAllowed(sent(request), allowed) ? new AppError('origin_not_allowed') : undefined);
  };
}

function sent(request: Request): RequestOrigin {
  const { origin, 'sec-fetch-site': fetchSite } = request.headers;
  return { origin, fetchSite, ownOrigin: ownOrigin(request) };
}

/** Signing out by GET is kept for old clients. In every spelling that Express takes for its route. */
const LOGOUT = /^\/users\/logout\/?$/i;

function writes({ method, path }: Request): boolean {
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return !reads || (method !== 'OPTIONS' && LOGOUT.test(path));
}

/** As a browser writes it: without the port that the scheme implies. Behind proxies, as TRUST_PROXY tells. */
function ownOrigin({ protocol, host }: Request): string | undefined {
  const address = `${protocol}://${host}`;
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
