import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import type * as RedisLibrary from 'redis';
import type { RedisClientType } from 'redis';
import type { AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';

const CONNECT_TIMEOUT_MS = 2_000;
/** A command that takes longer counts as lost, and its connection is made anew. */
const COMMAND_TIMEOUT_MS = 2_000;
/** Silence on a connection that nobody uses, or that does not come about: it is pinged more often. */
const SILENCE_TIMEOUT_MS = 3_000;
const PING_EVERY_MS = 1_000;
const RETRY_MS = 500;

/** What the server says of its own state, or of another one's: waiting may help. Anything else is a wrong command. */
const SERVER_STATE =
  /^(LOADING|READONLY|MISCONF|OOM|BUSY|MASTERDOWN|NOREPLICAS|NOREPL|CLUSTERDOWN|TRYAGAIN|UNBLOCKED)\b/;
/** At a start waiting does not help against these; later they may be mended without one. */
const REJECTED = /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password|ERR Client sent AUTH|ERR DB index)/;

/**
 * The one connection to Redis, where SESSION_STORE is `redis`. It comes back by itself; while it is away every command
 * fails at once, so that the client is told 503 in time.
 */
export class RedisService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('RedisService');
  /** Causes that were told since it was last reachable. */
  private readonly loggedCauses = new Set<string>();
  private started = false;
  private stopped = false;
  readonly client: RedisClientType;
  /** Of every key and channel. */
  readonly prefix: string;

  constructor(
    private readonly library: typeof RedisLibrary,
    { url, prefix }: NonNullable<AppConfig['redis']>,
  ) {
    this.prefix = prefix;
    this.client = library.createClient({
      url,
      socket: {
        connectTimeout: CONNECT_TIMEOUT_MS,
        socketTimeout: SILENCE_TIMEOUT_MS,
        reconnectStrategy: (_retries, cause) => (!this.started && REJECTED.test(cause.message) ? false : RETRY_MS),
      },
      pingInterval: PING_EVERY_MS,
      // A command for a connection that is lost fails at once instead of waiting for the next one.
      disableOfflineQueue: true,
      maintNotifications: 'disabled',
    });
    this.client.on('ready', () => this.logReady());
    this.client.on('error', (error: Error) => this.logOnce(error));
  }

  /** The first attempt is awaited by the start; later ones go on in the background. */
  async onApplicationBootstrap(): Promise<void> {
    const connected = this.client.connect();
    connected.catch(() => undefined);
    await Promise.race([connected, once(this.client, 'error')]);
    // Wrong credentials: waiting would not help.
    if (!this.client.isOpen) await connected;
  }

  onApplicationShutdown(): void {
    // That what was under way is cut off now is nothing to tell.
    this.stopped = true;
    this.client.destroy();
  }

  /**
   * Runs one round trip, in time.
   * @throws {AppError} database_unavailable
   */
  async run<T>(work: (client: RedisClientType) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    // In two halves: where this process itself stood still, what has arrived meanwhile is read in the second one.
    const inHalf = (then: () => void) => (timer = setTimeout(then, COMMAND_TIMEOUT_MS / 2));
    const late = new Promise<never>((_, reject) => inHalf(() => inHalf(() => reject(this.abandonConnection()))));
    try {
      return await Promise.race([work(this.client), late]);
    } catch (error) {
      throw this.isUnavailable(error) ? new AppError('database_unavailable', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A connection of its own, for a subscription, that is not made again when it breaks off. */
  subscriber(): RedisClientType {
    return this.client.duplicate({ socket: { ...this.client.options.socket, reconnectStrategy: false } });
  }

  async ping(): Promise<void> {
    await this.run((client) => client.ping());
  }

  /** The library would wait on a silent connection for as long as there is something to send. */
  private abandonConnection(): Error {
    if (this.client.isReady) {
      this.client.destroy();
      this.client.connect().catch(() => undefined);
    }
    return new Error('Redis is silent');
  }

  private isUnavailable(error: unknown): boolean {
    if (error instanceof this.library.ErrorReply) return SERVER_STATE.test(error.message);
    return !(error instanceof TypeError);
  }

  private logReady(): void {
    this.started = true;
    this.loggedCauses.clear();
    this.logger.log({ event: 'redis_ready' }, 'Redis is reachable');
  }

  /** Once for each cause, however many attempts there are: the next may be one that only an operator can mend. */
  private logOnce({ message }: Error): void {
    if (this.stopped || this.loggedCauses.has(message)) return;
    this.loggedCauses.add(message);
    this.logger.warn({ event: 'redis_unavailable' }, `Redis is not reachable: ${message}`);
  }
}
