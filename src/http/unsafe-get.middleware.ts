import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';
import { allowedMethods, routesOf, UNSAFE_GET_ROUTES } from './allowed-methods.js';

/** Values of headers that announce a prefetch. Safari sends `preview`. */
const PREFETCH_HEADERS = Object.entries({
  'sec-purpose': /prefetch|prerender/i,
  purpose: /prefetch|prerender|preview/i,
  'x-purpose': /prefetch|prerender|preview/i,
  'x-moz': /prefetch/i,
  'next-router-prefetch': /./,
});

/**
 * Protects GET routes with side effects: rejects HEAD and prefetches. A page of a sibling domain can start a prefetch with
 * `Sec-Fetch-Site: none`, so the origin policy alone does not stop it.
 * @see https://github.com/w3c/webappsec-fetch-metadata/issues/97
 */
export function unsafeGet(request: Request, _response: Response, next: NextFunction): void {
  const isHead = request.method === 'HEAD';
  if (!isHead && !isPrefetch(request)) return next();
  if (!leadsToUnsafeGet(request)) return next();
  next(
    isHead
      ? new AppError('method_not_allowed', { allow: allowedMethods(request) })
      : new AppError('origin_not_allowed'),
  );
}

function isPrefetch({ method, headers }: Request): boolean {
  if (method !== 'GET') return false;
  // Runs for every read, so it must be cheap: nearly no read has one of these headers.
  return PREFETCH_HEADERS.some(([name, values]) => headers[name] !== undefined && values.test(String(headers[name])));
}

function leadsToUnsafeGet(request: Request): boolean {
  const route = routesOf(request).find(({ methods }) => methods.get);
  return route !== undefined && UNSAFE_GET_ROUTES.has(route.path);
}
