import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { SECURITY_HEADERS } from './security-headers.middleware.js';

/** By the code of Node's error; everything else is 400. */
const STATUS_OF: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Listens to `clientError`: what Node could not read, or not in time. Answers it without a body, as Node itself would, but
 * with the headers of every answer. What never reached the pipeline gets a line in the log as well: a cookie that has grown
 * too long is otherwise a riddle to its user and nothing at all to the operator.
 */
export function handleClientError(logger: Logger) {
  return ({ code = '' }: NodeJS.ErrnoException, socket: Answering): void => {
    const response = socket._httpMessage;
    // A second head in the middle of an answer would be taken for its body.
    if (!socket.writable || response?.headersSent) return void socket.destroy();
    const requestId = response?.req.id ?? randomUUID();
    const status = STATUS_OF[code] ?? 400;
    const headers = [
      ['X-Request-Id', requestId],
      ...SECURITY_HEADERS,
      ['Content-Length', '0'],
      ['Connection', 'close'],
    ];
    const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map((header) => header.join(': '))];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.destroySoon();
    if (!response) logger.info({ event: 'request', requestId, route: 'none', status, reason: code }, 'request');
  };
}

/** With Node's own note of the answer that is under way on it. */
type Answering = Socket & { _httpMessage?: Response };
