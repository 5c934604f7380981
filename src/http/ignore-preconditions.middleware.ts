import type { NextFunction, Request, Response } from 'express';

/**
 * Nothing here has versions that a client could insist on. What sends files would refuse a request that does, by an error
 * that none of our codes stands for; RFC 9110 13.1 lets a server without versions pass these over.
 */
export function ignorePreconditions({ headers }: Request, _response: Response, next: NextFunction): void {
  if (headers['if-match'] !== undefined) headers['if-match'] = undefined;
  if (headers['if-unmodified-since'] !== undefined) headers['if-unmodified-since'] = undefined;
  next();
}
