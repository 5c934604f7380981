import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** The promise is three seconds; the rest is for the way out. */
const LIMIT_MS = 2_500;

declare global {
  namespace Express {
    interface Request {
      deadline: RequestDeadline;
    }
  }
}

/**
 * How long the database may keep a request waiting, over all its operations: then it is answered 503, whatever the
 * driver is still trying. The time that a password hash waits for its turn does not count: HASH_MAX_WAIT bounds that.
 */
export class RequestDeadline {
  private left = LIMIT_MS;
  private startedAt = 0;
  private timer?: NodeJS.Timeout;
  private over = false;

  constructor(private readonly expire: () => void) {
    this.start();
  }

  /** Runs work that does not wait for the database. */
  async pauseWhile<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.left -= performance.now() - this.startedAt;
    try {
      return await work();
    } finally {
      this.start();
    }
  }

  /** Waits for work that goes on without the answer if need be: for half of the time that is left, at most. */
  async waitBriefly(work: Promise<void>): Promise<void> {
    const left = this.left - (performance.now() - this.startedAt);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, left / 2)));
    await Promise.race([work, enough]).finally(() => clearTimeout(timer));
  }

  /** The request is answered, or its client has gone. */
  end(): void {
    this.over = true;
    clearTimeout(this.timer);
  }

  private start(): void {
    if (this.over) return;
    this.startedAt = performance.now();
    this.timer = setTimeout(this.expire, this.left);
  }
}

/** After the body was read: a slow client is not a slow database. */
export function requestDeadline(request: Request, response: Response, next: NextFunction): void {
  const deadline = new RequestDeadline(() => {
    if (!response.headersSent) next(new AppError('database_unavailable', { cause: new Error('out of time') }));
  });
  request.deadline = deadline;
  response.once('close', () => deadline.end());
  next();
}
