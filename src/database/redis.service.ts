import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import type * as RedisLibrary from 'redis';
import type { RedisClientType } from 'redis';
import type { AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';

const CONNECT_TIMEOUT_MS = 2_000;
/** Milliseconds: a slower command counts as lost, and its connection is replaced. */
const COMMAND_TIMEOUT_MS = 2_000;
/** Milliseconds of silence on an idle connection or during a connect; pings come more often. */
const SILENCE_TIMEOUT_MS = 3_000;
const PING_EVERY_MS = 1_000;
/** How often the server's role is checked. For this long at most, reads may come from a server that has become a replica. */
const ROLE_CHECK_MS = 1_000;
const RETRY_MS = 500;

/** Errors about the server's state, where waiting may help. Any other error is a wrong command. */
const SERVER_STATE =
  /^(LOADING|READONLY|MISCONF|OOM|BUSY|MASTERDOWN|NOREPLICAS|NOREPL|CLUSTERDOWN|TRYAGAIN|UNBLOCKED)\b/;
/** Errors that abort the start, because waiting does not help. A running process retries: an operator may fix the cause. */
const REJECTED = /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password|ERR Client sent AUTH|ERR DB index)/;

/**
 * The one connection to Redis, with SESSION_STORE=redis. It reconnects by itself. While Redis is unavailable, every command
 * fails at once, so that clients get 503 in time.
 */
export class RedisService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('RedisService');
  /** Causes logged since Redis was last available. */
  private readonly loggedCauses = new Set<string>();
  private started = false;
  /** Whether the log says that the primary is available. */
  private announced = false;
  private stopped = false;
  private checkingRole = false;
  private roleTimer?: NodeJS.Timeout;
  private readonly subscribers = new Set<RedisClientType>();
  private writeProbe?: Promise<unknown>;
  readonly client: RedisClientType;
  /** The prefix of every key and channel. */
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
      // A command on a lost connection fails at once and does not wait for the next connection.
      disableOfflineQueue: true,
      maintNotifications: 'disabled',
    });
    this.client.on('ready', () => {
      this.started = true;
      void this.checkRole();
    });
    this.client.on('error', (error: Error) => this.logOnce(error));
  }

  /** The start awaits the first attempt; later attempts run in the background. */
  async onApplicationBootstrap(): Promise<void> {
    const connected = this.client.connect();
    connected.catch(() => undefined);
    await Promise.race([connected, once(this.client, 'error')]);
    // Waiting does not help against wrong credentials.
    if (!this.client.isOpen) await connected;
    this.roleTimer = setInterval(() => void this.checkRole(), ROLE_CHECK_MS).unref();
  }

  onApplicationShutdown(): void {
    // Commands that the shutdown interrupts need no log line.
    this.stopped = true;
    clearInterval(this.roleTimer);
    this.client.destroy();
  }

  /**
   * Runs one round trip, bounded in time.
   * @throws {AppError} database_unavailable
   */
  async run<T>(work: (client: RedisClientType) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    // Two timers: if this process itself was blocked, the second one gives it time to read responses that have arrived.
    const inHalf = (then: () => void) => (timer = setTimeout(then, COMMAND_TIMEOUT_MS / 2));
    const late = new Promise<never>((_, reject) => inHalf(() => inHalf(() => reject(this.abandonConnection()))));
    try {
      return await Promise.race([work(this.client), late]);
    } catch (error) {
      if (isFromReplica(error)) this.leaveReplica();
      throw this.isUnavailable(error) ? new AppError('database_unavailable', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A separate connection for a subscription, which does not reconnect. */
  subscriber(): RedisClientType {
    const socket = { ...this.client.options.socket, reconnectStrategy: false } as const;
    const subscriber = this.client.duplicate({ socket }) as RedisClientType;
    this.subscribers.add(subscriber);
    subscriber.once('end', () => this.subscribers.delete(subscriber));
    return subscriber;
  }

  /**
   * Resolves if Redis accepts a write. A replica rejects writes, and so does a server with a full memory or disk. Concurrent
   * calls share one write, so that many readiness checks cost little.
   * @throws {AppError} database_unavailable
   */
  async checkWritable(): Promise<void> {
    const write = () => this.run((client) => client.set(`${this.prefix}writable`, '1', { PX: 60_000 }));
    await (this.writeProbe ??= write().finally(() => (this.writeProbe = undefined)));
  }

  /** The library itself would wait forever on a silent connection. */
  private abandonConnection(): Error {
    if (this.client.isReady) this.reconnect();
    return new Error('Redis is silent');
  }

  /**
   * After a failover that keeps the host name or IP address, the connection stays at the old server. That is a replica now,
   * which rejects writes and returns old data. A new connection reaches the new primary.
   * @see https://github.com/redis/node-redis/issues/2326
   */
  private leaveReplica(): void {
    if (!this.client.isReady || this.stopped) return;
    this.logOnce(new Error('it is a read-only replica'));
    this.announced = false;
    this.reconnect();
    // Revocations are published at the new primary; the subscribers subscribe again.
    for (const subscriber of this.subscribers) if (subscriber.isOpen) subscriber.destroy();
    this.subscribers.clear();
  }

  private reconnect(): void {
    this.client.destroy();
    this.client.connect().catch(() => undefined);
  }

  private async checkRole(): Promise<void> {
    if (this.checkingRole || !this.client.isReady) return;
    this.checkingRole = true;
    try {
      const { role } = await this.client.hello();
      if (REPLICA_ROLES.includes(role)) this.leaveReplica();
      else this.logReady();
    } catch {
      // The next command reports a lost connection.
    } finally {
      this.checkingRole = false;
    }
  }

  private isUnavailable(error: unknown): boolean {
    if (error instanceof this.library.ErrorReply) return SERVER_STATE.test(error.message);
    return !(error instanceof TypeError);
  }

  private logReady(): void {
    if (this.announced) return;
    this.announced = true;
    this.loggedCauses.clear();
    this.logger.log({ event: 'redis_ready' }, 'Redis is available');
  }

  /** Logs each cause once, however many attempts fail: the next cause may be one that an operator has to fix. */
  private logOnce({ message }: Error): void {
    this.announced = false;
    if (this.stopped || this.loggedCauses.has(message)) return;
    this.loggedCauses.add(message);
    this.logger.warn({ event: 'redis_unavailable' }, `Redis is unavailable: ${message}`);
  }
}

const REPLICA_ROLES = ['replica', 'slave'];

/** Redis 6 wraps the error of a script's command in one of its own. */
const isFromReplica = (error: unknown): boolean =>
  error instanceof Error && /^(READONLY|MASTERDOWN)\b|-READONLY /.test(error.message);
