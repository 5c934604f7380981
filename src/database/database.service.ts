import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Collection, CommandOperationOptions, DbOptions, Document, MongoClient } from 'mongodb';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { StartupError } from '../config/startup-error.js';
import { AppError } from '../errors/app.error.js';
import { databaseOptions } from './database.options.js';
import { INDEXES, createIndexes } from './indexes.js';
import { isDatabaseUnavailable } from './mongo-errors.js';

const RETRY_MS = 500;
/** Building an index over a large collection takes its time; the requests that wait meanwhile are answered 503. */
const INDEX_BUILD_TIMEOUT_MS = 10 * 60_000;

/**
 * The one connection to MongoDB. `ready` from the moment its indexes are there: the first attempt is awaited by the
 * start, later ones go on in the background for as long as the database is away.
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
      // Indexes that cannot be made, wrong credentials: waiting would not help.
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
   * One for aggregations. It knows no write concern: the driver deletes one from the options of each, and V8 copies what
   * a property was deleted from far more slowly.
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
    // Each attempt to connect makes a client of its own; the one that gets here is kept.
    if (this.ready) known.set(name, collection);
    return collection;
  }

  /**
   * Runs writes that belong together: all of them or none. On a standalone mongod, which has no transactions, they run
   * one by one, so a caller puts first what must not be lost.
   */
  async transaction<T>(work: (session: ClientSession | undefined) => Promise<T>): Promise<T> {
    if (!this.isReplicaSet) return work(undefined);
    return this.connection.getClient().withSession(async (session) => {
      const done = await session.withTransaction(async () => {
        // Of this attempt: one that met another transaction runs again from its start.
        this.writesBeforeCommit.set(session, []);
        this.callbacksAfterCommit.set(session, []);
        const result = await work(session);
        // One after the other: what fails keeps the later ones from being done for nothing.
        for (const write of this.writesBeforeCommit.get(session)!) await write();
        return result;
      });
      for (const tell of this.callbacksAfterCommit.get(session)!) tell();
      return done;
    });
  }

  /** Puts off a write to another store until all is written in MongoDB and only the commit is left. */
  beforeCommit(transaction: ClientSession, write: () => Promise<unknown>): void {
    this.writesBeforeCommit.get(transaction)!.push(write);
  }

  /** Puts off what tells of the transaction until it is committed; without one it is done at once. */
  afterCommit(transaction: ClientSession | undefined, tell: () => void): void {
    if (transaction) this.callbacksAfterCommit.get(transaction)!.push(tell);
    else tell();
  }

  /** A real round trip to the primary. */
  async ping(): Promise<void> {
    if (!this.ready) throw new AppError('database_unavailable');
    await this.connection.db!.command({ ping: 1 });
  }

  private async prepare(): Promise<void> {
    const hello = await this.connection.db!.command({ hello: 1 });
    this.isReplicaSet = hello.setName !== undefined || hello.msg === 'isdbgrid';
    if (!this.isReplicaSet) rejectSettingsThatNeedTransactions(this.config);
    for (const [name, indexes] of Object.entries(INDEXES)) {
      await createIndexes(this.collection(name), indexes, commandTimeout(INDEX_BUILD_TIMEOUT_MS));
    }
    this.connected(this.connection.getClient());
    this.ready = true;
    this.logger.log(
      { event: 'database_ready', replicaSet: this.isReplicaSet },
      'MongoDB is reachable, indexes are in place',
    );
  }

  private async keepTrying(): Promise<void> {
    const { uri, lazyConnection: _, ...options } = databaseOptions(this.config);
    while (!this.ready && !this.stopped) {
      await delay(RETRY_MS, undefined, { ref: false });
      // openUri takes its options apart, so each attempt gets its own copy.
      await this.connection
        .openUri(uri!, { ...options })
        .then(() => this.prepare())
        .catch((error: unknown) => this.logOnce(error));
    }
  }

  /** Once for each cause, for the next may be one that only an operator can mend: a password that is refused. */
  private logOnce(error: unknown): void {
    const cause = String(error);
    if (cause === this.lastLoggedCause) return;
    this.lastLoggedCause = cause;
    this.logger.warn({ event: 'database_unavailable' }, `MongoDB is not ready, trying again: ${cause}`);
  }
}

/** What is stored together with its change, and must not exist without it. The mailbox of development may. */
function rejectSettingsThatNeedTransactions({ mail }: AppConfig): void {
  if (!mail || 'mailbox' in mail.server) return;
  throw new StartupError(
    'MAIL_URL needs transactions, which a standalone mongod lacks: start it with --replSet, or leave MAIL_URL empty',
  );
}

/** How long one command may be silent. The driver takes this option for every command; its types leave it out. */
export function commandTimeout(limitMs: number): { socketTimeoutMS?: number } & CommandOperationOptions {
  return { socketTimeoutMS: limitMs };
}
