import type { NextFunction, Request, Response } from 'express';

/**
 * Removes If-Match and If-Unmodified-Since: no resource has versions, and RFC 9110 13.1 lets such a server ignore them.
 * The static file handler would respond with 412, which no error code covers.
 */
export function ignorePreconditions({ headers }: Request, _response: Response, next: NextFunction): void {
  if (headers['if-match'] !== undefined) headers['if-match'] = undefined;
  if (headers['if-unmodified-since'] !== undefined) headers['if-unmodified-since'] = undefined;
  next();
}
