import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';

declare global {
  namespace Express {
    interface Request {
      /** Sent as X-Request-Id and written to every log line about this request. */
      id: string;
    }
  }
}

/** Gives every request an id and logs one line per response: never a query, a header or a body. */
export function requestLog(logger: Logger): RequestHandler {
  // None of the fields below is a secret, and redaction would cost more than writing the line.
  const lines = logger.child({}, { redact: [] });
  return (request: Request, response: Response, next: NextFunction): void => {
    request.id = randomUUID();
    response.setHeader('X-Request-Id', request.id);
    const start = performance.now();
    response.once('close', () => {
      lines.info(
        {
          event: 'request',
          requestId: request.id,
          method: request.method,
          route: routeOf(request),
          status: statusOf(response),
          durationMs: Math.round((performance.now() - start) * 10) / 10,
          userId: request.user?.userId,
        },
        'request',
      );
    });
    next();
  };
}

/** `aborted` if the client did not wait for the whole response. */
export function statusOf(response: Response): number | 'aborted' {
  return response.writableFinished ? response.statusCode : 'aborted';
}

/** The pattern of the route. The URL itself is not logged, because its text comes from the client. */
export function routeOf(request: Request): string {
  return (request.route as { path?: string } | undefined)?.path ?? 'none';
}
