import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

const CREDENTIALS = ['username', 'password', 'currentPassword', 'newPassword'];

/** Addresses end up in histories and logs. passport-local would take credentials from there, so they are refused. */
export function noCredentialsInQuery(request: Request, _response: Response, next: NextFunction): void {
  const refused = request.url.includes('?') && CREDENTIALS.some((name) => Object.hasOwn(request.query, name));
  next(refused ? new AppError('credentials_in_query') : undefined);
}
