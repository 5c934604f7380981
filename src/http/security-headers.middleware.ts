import type { NextFunction, Request, Response } from 'express';

const ONE_YEAR_SECONDS = 31_536_000;

/** For JSON: browsers must not run, frame or load anything from it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'";

/** On every response, errors included. Not `helmet`: client-error.handler.ts writes the same list without Express. */
export const SECURITY_HEADERS = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', CONTENT_SECURITY_POLICY],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Frame-Options', 'DENY'],
  ['Cache-Control', 'no-store'],
] as const;

export const HSTS_HEADER = ['Strict-Transport-Security', `max-age=${ONE_YEAR_SECONDS}; includeSubDomains`] as const;

export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
  // RFC 6797 forbids it over plain HTTP, where browsers ignore it.
  if (request.secure) response.setHeader(...HSTS_HEADER);
  next();
}
