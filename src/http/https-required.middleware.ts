import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** Browsers drop a Secure cookie over plain HTTP: an error that names the setting beats a sign-in without a session. */
export function httpsRequired(request: Request, _response: Response, next: NextFunction): void {
  next(request.secure || request.path.startsWith('/health/') ? undefined : new AppError('https_required'));
}
