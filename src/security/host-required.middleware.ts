import type { NextFunction, Request, Response } from 'express';
import { validationFailed } from '../errors/app.error.js';

/** RFC 9112 3.2 wants 400. Node would answer it itself, past all of the pipeline. */
export function hostRequired({ headers, httpVersion }: Request, _response: Response, next: NextFunction): void {
  const missing = headers.host === undefined && httpVersion !== '1.0';
  next(missing ? validationFailed('', 'not_well_formed') : undefined);
}
