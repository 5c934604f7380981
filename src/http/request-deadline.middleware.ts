import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';

/** The API promises a response within three seconds; half a second is left for sending it. */
const LIMIT_MS = 2_500;

declare global {
  namespace Express {
    interface Request {
      deadline: RequestDeadline;
    }
  }
}

/**
 * Limits how long a request may wait for the database, over all its operations. After that it gets 503, even if the
 * driver is still trying. Time in the hash queue does not count: HASH_MAX_WAIT bounds it.
 */
export class RequestDeadline {
  private left = LIMIT_MS;
  private startedAt = 0;
  private timer?: NodeJS.Timeout;
  private over = false;

  constructor(private readonly expire: () => void) {
    this.start();
  }

  /** Runs work that does not wait for the database, without counting its time. */
  async pauseWhile<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.left -= performance.now() - this.startedAt;
    try {
      return await work();
    } finally {
      this.start();
    }
  }

  /** Waits for at most half of the remaining time. After that, the work continues, but the response does not wait for it. */
  async waitBriefly(work: Promise<void>): Promise<void> {
    const left = this.left - (performance.now() - this.startedAt);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, left / 2)));
    await Promise.race([work, enough]).finally(() => clearTimeout(timer));
  }

  /** Stops the deadline: the response was sent, or the client has disconnected. */
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

/** Starts the deadline after the body was read, so that a slow client does not count as a slow database. */
export function requestDeadline(request: Request, response: Response, next: NextFunction): void {
  const deadline = new RequestDeadline(() => {
    if (!response.headersSent) next(new AppError('database_unavailable', { cause: new Error('out of time') }));
  });
  request.deadline = deadline;
  response.once('close', () => deadline.end());
  next();
}
