import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { SECURITY_HEADERS } from '../security/security-headers.middleware.js';

/** By the code of Node's error; everything else is 400. */
const STATUS_OF: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Listens to `clientError`: what Node could not read, or not in time, reaches no middleware. Answers it without a body, as
 * Node itself would, but with the headers of every answer and a line in the log: a cookie that has grown too long is
 * otherwise a riddle to its user and nothing at all to the operator.
 */
export function answerUnreadable(logger: Logger) {
  return ({ code = '' }: NodeJS.ErrnoException, socket: Socket): void => {
    if (!socket.writable || isAnswering(socket)) return void socket.destroy();
    const requestId = randomUUID();
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
    logger.info({ event: 'request', requestId, route: 'none', status, reason: code }, 'request');
  };
}

/** Whether a part of another answer has gone out: a second head in the middle of it would be taken for its body. */
function isAnswering(socket: Socket & { _httpMessage?: ServerResponse }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}
