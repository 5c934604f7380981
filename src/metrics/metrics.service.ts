import { Injectable } from '@nestjs/common';
import type { MongoClient } from 'mongodb';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DatabaseService } from '../database/database.service.js';
import { watchCommands } from '../database/command-timing.js';
import { OutboxService } from '../outbox/outbox.service.js';
import { DELIVERY_RESULTS } from '../outbox/outbox.types.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { HashQueueService } from '../users/hash-queue.service.js';

const LIVE_SESSIONS_EVERY_MS = 60_000;
const OLDEST_JOB_EVERY_MS = 5_000;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The metrics of this process, listed in docs/operations.md, and the default metrics of Node.js. */
@Injectable()
export class MetricsService {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its response, by route pattern',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly signIns = new Counter({
    name: 'sign_ins_total',
    help: 'Sign-ins by outcome: ok or the error code',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });

  private readonly commands = new Histogram({
    name: 'mongodb_command_duration_seconds',
    help: 'MongoDB commands by name and success',
    labelNames: ['command', 'ok'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly pool = { in_use: 0, waiting: 0 };
  private unwatch = () => {};

  constructor(
    private readonly database: DatabaseService,
    private readonly sessions: SessionsRepository,
    private readonly hashes: HashQueueService,
    private readonly outbox: OutboxService,
  ) {}

  start(): void {
    // Alerts compare the rates of the two: a missing series would silence the alerts.
    for (const outcome of ['ok', 'invalid_credentials']) this.signIns.inc({ outcome }, 0);
    collectDefaultMetrics({ register: this.registry });
    this.sampleHashes();
    this.samplePool();
    this.sampleSessions();
    this.watchOutbox();
    this.unwatch = watchCommands(({ command, ok, seconds }) =>
      this.commands.observe({ command, ok: String(ok) }, seconds),
    );
    void this.database.client.then((client) => this.watchPool(client));
  }

  stop(): void {
    this.unwatch();
    this.registry.clear();
  }

  private sampleHashes(): void {
    const help = 'Password hashes that wait in the queue, and that run';
    this.sample({ name: 'password_hashes', help }, () => this.hashes.state);
  }

  private samplePool(): void {
    const help = 'Connections of the pool in use, and operations that wait for one';
    this.sample({ name: 'mongodb_pool_connections', help }, () => this.pool);
  }

  /** A gauge of existing counts, read at each scrape. */
  private sample(named: { name: string; help: string }, counts: () => Record<string, number>): void {
    const collect = () => Object.entries(counts()).forEach(([state, count]) => gauge.set({ state }, count));
    const gauge = new Gauge({ ...named, labelNames: ['state'], registers: [this.registry], collect });
  }

  private sampleSessions(): void {
    const gauge: Gauge = new Gauge({
      name: 'live_sessions',
      help: 'Active sessions, counted at most once a minute',
      registers: [this.registry],
      collect: atMostEvery(LIVE_SESSIONS_EVERY_MS, async () => {
        gauge.set(await this.sessions.countActive());
      }),
    });
  }

  private watchOutbox(): void {
    const { kinds } = this.outbox;
    const deliveries = new Counter({
      name: 'outbox_deliveries_total',
      help: 'Deliveries by kind of job and by result',
      labelNames: ['kind', 'result'],
      registers: [this.registry],
    });
    for (const kind of kinds) for (const result of DELIVERY_RESULTS) deliveries.inc({ kind, result }, 0);
    this.outbox.onResult((kind, result) => deliveries.inc({ kind, result }));
    const oldest: Gauge<'kind'> = new Gauge({
      name: 'outbox_oldest_pending_seconds',
      help: 'Age of the oldest waiting job of each kind; 0 if none waits',
      labelNames: ['kind'],
      registers: [this.registry],
      collect: atMostEvery(OLDEST_JOB_EVERY_MS, async () => {
        const ages = await this.outbox.oldestWaitingSeconds();
        for (const [kind, seconds] of ages) oldest.set({ kind }, seconds);
      }),
    });
  }

  private watchPool(client: MongoClient): void {
    // Plain numbers: looking up a series for each of four events per command is expensive.
    const { pool } = this;
    // A command that started before this has no start event.
    const less = (state: keyof typeof pool) => (pool[state] = Math.max(0, pool[state] - 1));
    client.on('connectionCheckOutStarted', () => (pool.waiting += 1));
    client.on('connectionCheckOutFailed', () => less('waiting'));
    client.on('connectionCheckedOut', () => {
      less('waiting');
      pool.in_use += 1;
    });
    client.on('connectionCheckedIn', () => less('in_use'));
  }
}

/** For metrics that need a query. They keep their last value while the database is unavailable, which other metrics show. */
function atMostEvery(intervalMs: number, read: () => Promise<void>): () => Promise<void> {
  let next = 0;
  return async () => {
    if (Date.now() < next) return;
    next = Date.now() + intervalMs;
    await read().catch(() => undefined);
  };
}
