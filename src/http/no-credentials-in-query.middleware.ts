import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** At any depth as well: `password[]`, `username[$ne]`, `user[password]`, `user.password`. */
const CREDENTIAL = /(^|[[.])(username|password|currentPassword|newPassword)([[\].]|$)/i;

/** Addresses end up in histories and logs. passport-local would take credentials from there, so they are refused. */
export function noCredentialsInQuery(request: Request, _response: Response, next: NextFunction): void {
  const refused = request.url.includes('?') && Object.keys(request.query).some((name) => CREDENTIAL.test(name));
  next(refused ? new AppError('credentials_in_query') : undefined);
}
