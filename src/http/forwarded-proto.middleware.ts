import type { NextFunction, Request, Response } from 'express';

/** Lowercases X-Forwarded-Proto: schemes are case-insensitive (RFC 3986 3.1), but Express compares with `https`. */
export function forwardedProto({ headers }: Request, _response: Response, next: NextFunction): void {
  const proto = headers['x-forwarded-proto'];
  if (typeof proto === 'string') headers['x-forwarded-proto'] = proto.toLowerCase();
  next();
}
