import type { NextFunction, Request, Response } from 'express';
import { validationFailed } from '../errors/app.error.js';

/** A host name, an IP address or nothing, with an optional port. */
const WELL_FORMED = /^(?:\[[\da-f:.]+\]|[^\s/\\?#@[\]:]*)(?::\d*)?$/i;

/**
 * Responds with 400 unless there is exactly one valid Host (RFC 9112 3.2). Node checks only that there is one, outside the
 * pipeline.
 */
export function hostRequired(request: Request, _response: Response, next: NextFunction): void {
  next(namesOneHost(request) ? undefined : validationFailed('', 'not_well_formed'));
}

function namesOneHost({ headers: { host }, rawHeaders, httpVersion }: Request): boolean {
  if (host === undefined) return httpVersion === '1.0';
  // `headers.host` is only the first of several.
  const isHost = (text: string, i: number) => i % 2 === 0 && text.length === 4 && text.toLowerCase() === 'host';
  return WELL_FORMED.test(host) && rawHeaders.filter(isHost).length === 1;
}
