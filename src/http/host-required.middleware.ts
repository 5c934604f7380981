import type { NextFunction, Request, Response } from 'express';
import { validationFailed } from '../errors/app.error.js';

/** A name, an address or nothing, and a port or none. */
const WELL_FORMED = /^(?:\[[\da-f:.]+\]|[^\s/\\?#@[\]:]*)(?::\d*)?$/i;

/** RFC 9112 3.2 wants 400. Node would answer a missing one itself, past all of the pipeline, and take any other. */
export function hostRequired(request: Request, _response: Response, next: NextFunction): void {
  next(namesOneHost(request) ? undefined : validationFailed('', 'not_well_formed'));
}

function namesOneHost({ headers: { host }, rawHeaders, httpVersion }: Request): boolean {
  if (host === undefined) return httpVersion === '1.0';
  // Node keeps the first of several.
  const isHost = (text: string, i: number) => i % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host';
  return WELL_FORMED.test(host) && rawHeaders.filter(isHost).length === 1;
}
