import type { RequestHandler } from 'express';
import type { OutgoingHttpHeaders } from 'node:http';
import { recordBody } from './recorded-body.js';

/** Headers that every response must have. */
const PROMISED: Record<string, RegExp> = {
  'x-request-id': /^[\da-f-]{36}$/,
  'x-content-type-options': /^nosniff$/,
  'content-security-policy': /^(?=.*frame-ancestors 'none')(?=.*base-uri 'none')(?=.*object-src 'none')(?!.*unsafe)/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-resource-policy': /^same-origin$/,
};
const OVER_HTTPS = { ...PROMISED, 'strict-transport-security': /^max-age=31536000; includeSubDomains$/ };
const CLEARS = /^[^=]+=;.* Expires=Thu, 01 Jan 1970 /;

const faults: string[] = [];

/** Returns the wrong headers of all responses since the last call. */
export function takeHeaderFaults(): string[] {
  return faults.splice(0);
}

/** Middleware that checks the headers of every response. */
export const checkHeaders: RequestHandler = (request, response, next) => {
  const { method, path, secure } = request;
  recordBody(response, () => {
    const { statusCode } = response;
    const wrong = faultsOf(response.getHeaders(), statusCode, secure ? OVER_HTTPS : PROMISED);
    faults.push(...wrong.map((fault) => `${method} ${path} ${statusCode}: ${fault}`));
  });
  next();
};

function faultsOf(headers: OutgoingHttpHeaders, status: number, promised: Record<string, RegExp>): string[] {
  const missing = Object.keys(promised).filter((name) => !promised[name]!.test(String(headers[name])));
  const telling = ['x-powered-by', 'server'].filter((name) => name in headers);
  const cookies = status < 400 ? [] : [headers['set-cookie'] ?? []].flat().filter((cookie) => !CLEARS.test(cookie));
  return [
    ...missing.map((name) => `${name} is ${String(headers[name])}`),
    ...telling.map((name) => `${name} is sent`),
    ...cookies.map(() => 'an error sets a cookie'),
  ];
}
