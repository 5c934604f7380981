import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { explainListenError } from '../config/listen-error.js';
import { oneAtATime, UnreadResponses } from '../http/unread-responses.js';
import { MetricsService } from './metrics.service.js';

/** Closes connections that send nothing or half a request. By default Node keeps them for more than a minute. */
const TIMEOUTS = { headersTimeout: 3_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 };
/** Scrapers need only a few. */
const MAX_CONNECTIONS = 100;

/**
 * Serves GET /metrics for Prometheus on METRICS_PORT, a separate port that must not be public. Off by default. Not
 * `@willsoto/nestjs-prometheus`, which serves the metrics among the public routes.
 */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private server?: Server;

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly metrics: MetricsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { metricsPort, host, keepAliveMs } = this.config;
    if (metricsPort === null) return;
    this.metrics.start();
    this.server = createServer(
      { ...TIMEOUTS, keepAliveTimeout: keepAliveMs },
      oneAtATime((request, response) => void this.respond(request, response)),
    );
    this.server.maxConnections = MAX_CONNECTIONS;
    new UnreadResponses().watch(this.server);
    this.server.listen(metricsPort, host);
    await once(this.server, 'listening').catch(explainListenError('METRICS_PORT'));
    const { port } = this.server.address() as AddressInfo;
    this.logger.log({ event: 'metrics_listening', port }, 'metrics are at /metrics');
  }

  beforeApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
    this.metrics.stop();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await this.metrics.registry.metrics();
      response.writeHead(200, { 'Content-Type': this.metrics.registry.contentType }).end(text);
    } catch (error) {
      this.logger.error(`Metrics could not be collected: ${String(error)}`);
      response.writeHead(500).end();
    }
  }
}
