import type { NestExpressApplication } from '@nestjs/platform-express';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ShutdownStateService } from './shutdown-state.service.js';

/** How long new connections are still accepted, so that a load balancer sees the 503 of readiness. */
const NOTICE_MS = 1_000;
const HOLD_MS = 50;
const IDLE_SWEEP_MS = 100;
/** Ctrl-C reaches the process from the terminal and, under some shells, again from npm; no person presses it this fast. */
const ECHO_MS = 50;
/** The part of the grace period that is kept for closing the database and flushing the log. */
const RESERVE_MS = 1_000;

export interface ShutdownOptions {
  graceMs: number;
  logger: Logger;
  /** Stops what the app depends on: the embedded MongoDB. */
  afterClose?: () => Promise<void>;
}

/**
 * Shuts the process down: exit status 0 after SIGTERM or SIGINT, 1 after an uncaught error. A second signal ends it at once.
 * Written by hand: Nest's shutdown hooks wait for keep-alive connections or cut off requests in flight, and libraries such as
 * http-terminator know neither the notice period for load balancers nor npm's doubled SIGINT.
 */
export function shutDownGracefully(app: NestExpressApplication, options: ShutdownOptions): void {
  let begun = false;
  let interrupted = Number.NEGATIVE_INFINITY;
  const shutDown = (status: number): void => {
    if (begun) process.exit(1);
    begun = true;
    void stop(app, options).then(
      () => process.exit(status),
      (error: unknown) => {
        options.logger.fatal({ event: 'shutdown_failed', err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  const crash = (error: unknown): void => {
    options.logger.fatal({ event: 'sys_crash', err: error }, 'uncaught error');
    // A second uncaught error during the shutdown changes nothing.
    if (!begun) shutDown(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (signal === 'SIGINT' && performance.now() - interrupted < ECHO_MS) return;
      interrupted = performance.now();
      options.logger.info({ event: 'sys_shutdown', signal }, 'stopping');
      shutDown(0);
    });
  }
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

async function stop(app: NestExpressApplication, { graceMs, logger, afterClose }: ShutdownOptions): Promise<void> {
  const deadline = Date.now() + Math.max(graceMs - RESERVE_MS, graceMs / 2);
  app.get(ShutdownStateService).begin();
  await drain(app.getHttpServer(), deadline, logger);
  await app.close();
  await afterClose?.();
}

/** Closes connections after their next response, then the listener, then idle connections. No accepted request is lost. */
async function drain(server: Server, deadline: number, logger: Logger): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  await delay(Math.min(NOTICE_MS, (deadline - Date.now()) / 2));
  await stopListening(server);
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const closed = once(server, 'close').then(() => true);
  if (!(await Promise.race([closed, delay(Math.max(0, deadline - Date.now()), false, { ref: false })]))) {
    logger.warn({ event: 'shutdown_forced' }, 'requests were still in flight when the grace period ended');
    server.closeAllConnections();
  }
  clearInterval(sweep);
}

/**
 * The kernel resets connections that the process has not accepted yet. Requests are therefore held for a moment: a client
 * that waits for a response opens no new connection.
 */
async function stopListening(server: Server): Promise<void> {
  const handlers = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  const held: Parameters<(typeof handlers)[number]>[] = [];
  server.removeAllListeners('request');
  server.on('request', (...exchange) => void held.push(exchange));
  await delay(HOLD_MS);
  // The close of http.Server would abort new connections whose first request is still arriving.
  NetServer.prototype.close.call(server);
  server.removeAllListeners('request');
  for (const handle of handlers) server.on('request', handle);
  for (const exchange of held) server.emit('request', ...exchange);
}
