import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** Matches at any depth: `password[]`, `username[$ne]`, `user[password]`, `user.password`. */
const CREDENTIAL =
  /(^|[[.])(username|password|currentPassword|newPassword|token|code|recoveryCode|continuation)([[\].]|$)/i;
/** OpenID Connect sends the browser back with `code` in the query. */
const CALLBACK = /^\/auth\/[^/?]+\/callback\?/;

/** Rejects credentials in the query, which passport-local would accept: URLs end up in browser histories and logs. */
export function noCredentialsInQuery(request: Request, _response: Response, next: NextFunction): void {
  const hasCredentials =
    request.url.includes('?') &&
    !CALLBACK.test(request.url) &&
    Object.keys(request.query).some((name) => CREDENTIAL.test(name));
  next(hasCredentials ? new AppError('credentials_in_query') : undefined);
}
