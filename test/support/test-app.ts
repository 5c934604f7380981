import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import supertest from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { inject } from 'vitest';
import { createApp } from '../../src/app.bootstrap.js';
import { loadConfig } from '../../src/config/app.config.js';
import { createLogger } from '../../src/logging/logger.js';
import { PASSWORD } from './accounts.js';
import { ByTurns } from './alternating-processes.js';
import { holdToDocument } from './openapi.check.js';
import { lookAtHeaders } from './response-headers.check.js';
import { storedSessions, type StoredSessions } from './stored-sessions.js';
import { collectSecrets, lookForSecrets } from './secret-leak.check.js';

export const TEST_SECRET = 'a-secret-for-tests-only-of-enough-length';
export const TEST_DATA_KEYS = 't1:a-data-key-for-tests-only-of-enough-length';

export interface TestApp {
  app: NestExpressApplication;
  /** Base address, such as http://127.0.0.1:40123. */
  url: string;
  /** The app's database, by a connection of its own. */
  db: Db;
  /** What it has stored of sessions. */
  sessions: StoredSessions;
  /** Secrets that went through the app, those of its cookies among them: `close` fails if one is in a log line. */
  canaries: Set<string>;
  /** Every line that the app has logged, parsed. */
  logs: Record<string, unknown>[];
  /** The same, for certain complete: lines of another process come a moment after its answer. */
  allLogs(): Promise<Record<string, unknown>[]>;
  /** A client with its own cookie jar, like one browser. */
  agent(): TestAgent;
  /**
   * Until the end of the running test no other process answers, should there be one.
   * @param why what the test looks at that one process keeps for itself
   */
  alone(why: string): void;
  close(): Promise<void>;
}

interface TestAppOptions {
  /** What to add before it listens, such as a route that only a test needs. */
  prepare?: (app: NestExpressApplication) => void;
  /** Modules beside those of app.module.ts. */
  features?: Type[];
  /** Why no second process may answer for it; one cannot where there is something prepared or a feature more. */
  alone?: string;
}

/** Where test apps keep their sessions unless a test says so itself: vitest.config.ts has a project for each. */
export const TEST_STORE = inject('sessionStore');

/** Settings of a test app: a database of its own on the run's mongod, cheap hashes, limits out of the way. */
export function testSettings(overrides: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const MONGODB_URI = overrides.MONGODB_URI ?? databaseUri();
  return {
    NODE_ENV: 'test',
    PORT: '0',
    MONGODB_URI,
    ...sessionSettings(overrides.SESSION_STORE ?? TEST_STORE, databaseOf(MONGODB_URI)),
    SESSION_SECRETS: TEST_SECRET,
    // Encrypted secrets need transactions, which a standalone mongod lacks.
    DATA_KEYS: /[?&]replicaSet=/.test(MONGODB_URI) ? TEST_DATA_KEYS : '',
    BCRYPT_COST: '4',
    LOG_LEVEL: 'debug',
    LOGIN_RATE_PER_IP: '100000/1m',
    SIGNUP_RATE_PER_IP: '100000/1m',
    POST_RATE_PER_USER: '100000/1m',
    ...overrides,
  };
}

/** Apps on the same database have the same sessions. */
function sessionSettings(SESSION_STORE: string, database: string): NodeJS.ProcessEnv {
  if (SESSION_STORE !== 'redis') return { SESSION_STORE };
  return { SESSION_STORE, REDIS_URL: inject('redisUrl') ?? undefined, SESSION_REDIS_PREFIX: `${database}:` };
}

/** By hand: what lists several members is no URL. */
function databaseOf(uri: string): string {
  return /^mongodb:\/\/[^/]+\/([^?]*)/.exec(uri)![1]!;
}

/** The address of a database on the run's mongod, of a new one unless it is named. */
export function databaseUri(name = freshDatabase()): string {
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = name;
  return uri.href;
}

/** A name for a database that no other test has: they share one mongod, and every project of a run does. */
export function freshDatabase(): string {
  return `test_${randomUUID().slice(0, 13)}`;
}

/**
 * The real app, listening on 127.0.0.1, on a free port unless PORT names one, on a database that no other test uses.
 * Where the run is one of two processes, every second request to it is answered by another one on that database.
 */
export async function startTestApp(
  overrides: NodeJS.ProcessEnv = {},
  { prepare, features, alone }: TestAppOptions = {},
): Promise<TestApp> {
  const settings = testSettings(overrides);
  const config = loadConfig(settings);
  const logs: Record<string, unknown>[] = [];
  const write = (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>);
  const logger = createLogger(config, { write });
  const canaries = new Set([PASSWORD]);
  const turns = inject('processes') === 2 && !prepare && !features && !alone ? new ByTurns(settings, logs) : undefined;
  const app = await createApp(config, logger, features);
  prepare?.(app);
  const looks = [await holdToDocument(app), lookForSecrets, lookAtHeaders, collectSecrets(canaries)];
  app.use(looks);
  await turns?.begin(app, looks);
  await app.listen(config.port, '127.0.0.1');
  const url = await app.getUrl();
  const client = await new MongoClient(config.mongodbUri).connect();
  const sessions = await storedSessions(client.db(), config);
  return {
    app,
    url,
    db: client.db(),
    sessions,
    logs,
    canaries,
    allLogs: async () => {
      await turns?.logged();
      return logs;
    },
    agent: () => supertest.agent(url),
    alone: () => turns?.rest(),
    close: async () => {
      await Promise.all([app.close(), turns?.end()]);
      await sessions.drop();
      await client.db().dropDatabase();
      await client.close();
      const text = JSON.stringify(logs);
      const leaked = [...canaries].filter((secret) => text.includes(secret));
      if (leaked.length > 0) throw new Error(`${leaked.length} secrets are in the log`);
    },
  };
}
