import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Collection, DbOptions, Document, MongoClient } from 'mongodb';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { StartupError } from '../config/startup-error.js';
import { AppError } from '../errors/app.error.js';
import { databaseOptions } from './database.options.js';
import { INDEXES, createIndexes } from './indexes.js';
import { isDatabaseUnavailable } from './mongo-errors.js';

const RETRY_MS = 500;

/**
 * The one connection to MongoDB. It is `ready` once all indexes exist. The start awaits the first attempt; later attempts
 * run in the background while the database is unavailable.
 */
@Injectable()
export class DatabaseService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('DatabaseService');
  private readonly collections = new Map<string, Collection>();
  private readonly collectionsForReads = new Map<string, Collection>();
  private readonly writesBeforeCommit = new WeakMap<ClientSession, (() => Promise<unknown>)[]>();
  private readonly callbacksAfterCommit = new WeakMap<ClientSession, (() => void)[]>();
  private stopped = false;
  private lastLoggedCause = '';
  /** false on a standalone mongod: no transactions and no change streams there. */
  isReplicaSet = false;
  ready = false;
  /** The driver's client, once it is connected. */
  readonly client: Promise<MongoClient>;
  private connected!: (client: MongoClient) => void;

  constructor(
    @InjectConnection() readonly connection: Connection,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {
    this.client = new Promise((resolve) => (this.connected = resolve));
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.connection.asPromise();
      await this.prepare();
    } catch (error) {
      // Waiting does not help against wrong credentials or indexes that cannot be created.
      if (!isDatabaseUnavailable(error)) throw error;
      this.logOnce(error);
      void this.keepTrying();
    }
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** A driver collection. @throws {AppError} database_unavailable before the first connection */
  collection<T extends Document>(name: string): Collection<T> {
    return this.cachedCollection(this.collections, name);
  }

  /**
   * A collection for aggregations, without a write concern: the driver deletes a write concern from the options of each
   * aggregation, and V8 copies objects with deleted properties far more slowly.
   */
  collectionForReads<T extends Document>(name: string): Collection<T> {
    return this.cachedCollection(this.collectionsForReads, name, { writeConcern: undefined });
  }

  private cachedCollection<T extends Document>(
    known: Map<string, Collection>,
    name: string,
    options?: DbOptions,
  ): Collection<T> {
    return (known.get(name) ?? this.newCollection(known, name, options)) as unknown as Collection<T>;
  }

  private newCollection(known: Map<string, Collection>, name: string, options?: DbOptions): Collection {
    const { db } = this.connection;
    if (!db) throw new AppError('database_unavailable');
    const collection = db.client.db(db.databaseName, options).collection(name);
    // Each attempt to connect creates a client; only collections of the client that succeeded are cached.
    if (this.ready) known.set(name, collection);
    return collection;
  }

  /**
   * Runs writes in one transaction. A standalone mongod has no transactions and runs them one by one, so callers start with
   * the write that must not be lost.
   */
  async transaction<T>(work: (session: ClientSession | undefined) => Promise<T>): Promise<T> {
    if (!this.isReplicaSet) return work(undefined);
    return this.connection.getClient().withSession(async (session) => {
      const done = await session.withTransaction(async () => {
        // Belongs to this attempt: after a write conflict, the work runs again from its start.
        this.writesBeforeCommit.set(session, []);
        this.callbacksAfterCommit.set(session, []);
        const result = await work(session);
        // One after the other: a failure stops the later ones.
        for (const write of this.writesBeforeCommit.get(session)!) await write();
        return result;
      });
      for (const callback of this.callbacksAfterCommit.get(session)!) callback();
      return done;
    });
  }

  /** Defers a write to another store until only the commit is left. */
  beforeCommit(transaction: ClientSession, write: () => Promise<unknown>): void {
    this.writesBeforeCommit.get(transaction)!.push(write);
  }

  /** Defers work until the transaction is committed; without a transaction it runs at once. */
  afterCommit(transaction: ClientSession | undefined, callback: () => void): void {
    if (transaction) this.callbacksAfterCommit.get(transaction)!.push(callback);
    else callback();
  }

  /** A real round trip to the primary. */
  async ping(): Promise<void> {
    if (!this.ready) throw new AppError('database_unavailable');
    await this.connection.db!.command({ ping: 1 });
  }

  /** Creates missing indexes. */
  async createIndexes(): Promise<void> {
    for (const [name, indexes] of Object.entries(INDEXES)) {
      await createIndexes(this.collection(name), indexes);
    }
  }

  private async prepare(): Promise<void> {
    const hello = await this.connection.db!.command({ hello: 1 });
    this.isReplicaSet = hello.setName !== undefined || hello.msg === 'isdbgrid';
    if (!this.isReplicaSet) rejectSettingsThatNeedTransactions(this.config);
    await this.createIndexes();
    this.connected(this.connection.getClient());
    this.ready = true;
    this.logger.log(
      { event: 'database_ready', replicaSet: this.isReplicaSet },
      'MongoDB is available, indexes are in place',
    );
  }

  private async keepTrying(): Promise<void> {
    const { uri, lazyConnection: _, ...options } = databaseOptions(this.config);
    while (!this.ready && !this.stopped) {
      await delay(RETRY_MS, undefined, { ref: false });
      // openUri modifies its options, so each attempt gets a copy.
      await this.connection
        .openUri(uri!, { ...options })
        .then(() => this.prepare())
        .catch((error: unknown) => this.logOnce(error));
    }
  }

  /** Logs each cause once: the next cause may be one that an operator has to fix, such as a wrong password. */
  private logOnce(error: unknown): void {
    const cause = String(error);
    if (cause === this.lastLoggedCause) return;
    this.lastLoggedCause = cause;
    this.logger.warn({ event: 'database_unavailable' }, `MongoDB is not ready, trying again: ${cause}`);
  }
}

/** Mails and encrypted secrets are stored in transactions. The development mailbox works without transactions. */
function rejectSettingsThatNeedTransactions({ mail, dataKeys }: AppConfig): void {
  if (dataKeys.length > 0) {
    throw new StartupError(
      'DATA_KEYS needs transactions, which a standalone mongod lacks: start it with --replSet, or leave DATA_KEYS empty',
    );
  }
  if (!mail || 'mailbox' in mail.server) return;
  throw new StartupError(
    'MAIL_URL needs transactions, which a standalone mongod lacks: start it with --replSet, or leave MAIL_URL empty',
  );
}
