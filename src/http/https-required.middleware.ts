import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** A Secure cookie would be dropped silently: better a refusal that names the setting than a sign-in without a session. */
export function httpsRequired(request: Request, _response: Response, next: NextFunction): void {
  next(request.secure || request.path.startsWith('/health/') ? undefined : new AppError('https_required'));
}
