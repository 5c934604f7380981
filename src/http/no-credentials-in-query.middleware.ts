import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** At any depth as well: `password[]`, `username[$ne]`, `user[password]`, `user.password`. */
const CREDENTIAL =
  /(^|[[.])(username|password|currentPassword|newPassword|token|code|recoveryCode|continuation)([[\].]|$)/i;
/** OpenID Connect sends the browser back with `code` in the query. */
const CALLBACK = /^\/auth\/[^/?]+\/callback\?/;

/** Addresses end up in histories and logs. passport-local would take credentials from there, so they are refused. */
export function noCredentialsInQuery(request: Request, _response: Response, next: NextFunction): void {
  const refused =
    request.url.includes('?') &&
    !CALLBACK.test(request.url) &&
    Object.keys(request.query).some((name) => CREDENTIAL.test(name));
  next(refused ? new AppError('credentials_in_query') : undefined);
}
