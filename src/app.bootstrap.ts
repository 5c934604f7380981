import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import { createServer, IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { AppConfig } from './config/app.config.js';
import { explainListenError } from './config/listen-error.js';
import { handleClientError } from './http/client-error.handler.js';
import { oneAtATime, UnreadResponses } from './http/unread-responses.js';
import { createLogger, NestLogger } from './logging/logger.js';
import { DocumentService } from './openapi/document.service.js';
import { shutDownGracefully } from './shutdown/graceful-shutdown.js';

/**
 * Builds the whole app, ready to listen. Production, development and the tests use it.
 * @param extraModules modules in addition to those of app.module.ts
 */
export async function createApp(
  config: AppConfig,
  logger: Logger = createLogger(config),
  extraModules: Type[] = [],
): Promise<NestExpressApplication> {
  const root = AppModule.with(config, logger, extraModules);
  const app = await NestFactory.create<NestExpressApplication>(root, new HardenedExpressAdapter(config), {
    // The JSON middleware alone parses bodies; Nest would parse forms as well.
    bodyParser: false,
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.getHttpServer().on('clientError', handleClientError(logger, config.cookie.secure));
  app.get(DocumentService).describe(app);
  return app;
}

/** Express on a server with tight timeouts: by default Node waits a minute for headers and five minutes for a body. */
class HardenedExpressAdapter extends ExpressAdapter {
  /**
   * `keepAliveMs`: how long an idle connection stays open. It must be longer than the load balancer's own timeout, or
   * requests are lost on connections that the server is just closing. Node's default is 5 s.
   * @see https://github.com/nodejs/node/issues/20256
   */
  constructor(private readonly config: Pick<AppConfig, 'keepAliveMs' | 'maxConnections'>) {
    super();
  }

  override initHttpServer(): void {
    const { keepAliveMs: keepAliveTimeout, maxConnections } = this.config;
    // Checked every second: 10 s for the headers, 15 s for a whole request.
    const timeouts = { headersTimeout: 9_000, requestTimeout: 14_000, connectionsCheckingInterval: 1_000 };
    const express = this.getInstance<Express>();
    // `DELETE /sessions/` with a forgotten id must not revoke every session. The setting `strict routing` comes too late:
    // Nest's adapter has created the router already.
    Object.assign(express.router, { strict: true });
    const unread = new UnreadResponses();
    const classes = requestClassesFor(express, (response) => unread.ended(response));
    const options = { ...timeouts, keepAliveTimeout, requireHostHeader: false, ...classes };
    this.httpServer = createServer(options, oneAtATime(express));
    unread.watch(this.httpServer);
    this.httpServer.maxConnections = maxConnections;
    // Ignores expectations other than 100-continue, as RFC 9110 10.1.1 allows; Node would respond with 417.
    this.httpServer.on('checkExpectation', express);
  }
}

/**
 * Express sets the prototype of every request and response, and V8 then creates new hidden classes for each: inline caches
 * never match, and tens of kilobytes per request outlive the young generation. Objects of these classes already have
 * Express's prototypes. This halves the processor time of an authenticated read.
 */
function requestClassesFor(express: Express, ended: (response: ServerResponse) => void): ServerOptions {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {
    override end(...chunk: unknown[]): this {
      super.end(...(chunk as []));
      ended(this);
      return this;
    }
  }
  express.request = Object.setPrototypeOf(ExpressRequest.prototype, express.request) as Express['request'];
  express.response = Object.setPrototypeOf(ExpressResponse.prototype, express.response) as Express['response'];
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse as typeof ServerResponse };
}

export interface ServeOptions {
  logger?: Logger;
  /** Modules in addition to those of app.module.ts. */
  extraModules?: Type[];
  /** Runs once the app has stopped. */
  afterClose?: () => Promise<void>;
}

/**
 * Runs the app until a signal ends the process.
 * @returns the base URL
 */
export async function serve(config: AppConfig, options: ServeOptions = {}): Promise<string> {
  const { logger = createLogger(config), extraModules, afterClose } = options;
  const app = await createApp(config, logger, extraModules);
  warnOfPlainHttp(config, logger);
  shutDownGracefully(app, { graceMs: config.shutdownGraceMs, logger, afterClose });
  await app.listen(config.port, config.host).catch(explainListenError('PORT'));
  const url = await app.getUrl();
  logger.info({ event: 'sys_startup', url }, 'listening');
  return url;
}

function warnOfPlainHttp({ production, cookie }: AppConfig, logger: Logger): void {
  if (!production || cookie.secure) return;
  logger.warn(
    { event: 'cookie_not_secure' },
    'COOKIE_SECURE=false: the server accepts plain HTTP, and an attacker on the network can take over sessions',
  );
}
