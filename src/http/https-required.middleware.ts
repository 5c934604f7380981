import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** Rejects plain HTTP with an error that names the setting: browsers would drop the Secure cookie and have no session. */
export function httpsRequired(request: Request, _response: Response, next: NextFunction): void {
  next(request.secure || request.path.startsWith('/health/') ? undefined : new AppError('https_required'));
}
