import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { AppError, validationFailed } from '../errors/app.error.js';
import { errorBody } from '../errors/error-body.js';
import { HSTS_HEADER, SECURITY_HEADERS } from './security-headers.middleware.js';

/** By the code of Node's error. */
const ERRORS: Record<string, AppError> = {
  HPE_HEADER_OVERFLOW: new AppError('headers_too_large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new AppError('payload_too_large'),
  ERR_HTTP_REQUEST_TIMEOUT: new AppError('request_timeout'),
};
const NOT_HTTP = validationFailed('', 'not_well_formed');

/**
 * Handles Node's `clientError`: a request that is not HTTP, too large or too slow never reaches the pipeline. The response
 * has the same body and headers as any other error. A log line gives the parser's reason, because a user whose cookies have
 * grown too large cannot tell the cause.
 * @param httpsOnly whether every client uses HTTPS, directly or through a proxy: the scheme of the request is unknown here
 */
export function handleClientError(logger: Logger, httpsOnly: boolean) {
  const fixedHeaders = [...SECURITY_HEADERS, ...(httpsOnly ? [HSTS_HEADER] : [])];
  return ({ code = '' }: NodeJS.ErrnoException, socket: HttpSocket): void => {
    const response = socket._httpMessage;
    // A second head in the middle of a response would be read as its body.
    if (!socket.writable || response?.headersSent) return void socket.destroy();
    const requestId = response?.req.id ?? randomUUID();
    const error = ERRORS[code] ?? NOT_HTTP;
    const { status } = error;
    const body = JSON.stringify(errorBody(error, requestId));
    const headers = [
      ['X-Request-Id', requestId],
      ...fixedHeaders,
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Content-Length', String(Buffer.byteLength(body))],
      ['Connection', 'close'],
    ];
    const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map((header) => header.join(': '))];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    socket.destroySoon();
    if (!response) logger.info({ event: 'request', requestId, route: 'none', status, reason: code }, 'request');
  };
}

/** A socket with Node's own reference to its current response. */
type HttpSocket = Socket & { _httpMessage?: Response };
