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
import { AlternatingProcesses } from './alternating-processes.js';
import { checkAgainstOpenApi } from './openapi.check.js';
import { checkHeaders } from './response-headers.check.js';
import { storedSessions, type StoredSessions } from './stored-sessions.js';
import { collectSecrets, checkForSecrets } from './secret-leak.check.js';

export const TEST_SECRET = 'a-secret-for-tests-only-of-enough-length';
export const TEST_DATA_KEYS = 't1:a-data-key-for-tests-only-of-enough-length';

export interface TestApp {
  app: NestExpressApplication;
  /** The base URL, such as http://127.0.0.1:40123. */
  url: string;
  /** The app's database, by a separate connection. */
  db: Db;
  /** The stored sessions. */
  sessions: StoredSessions;
  /** Secrets of requests and responses, such as cookies: `close` fails if one is in a log line. */
  canaries: Set<string>;
  /** The parsed lines of the log. */
  logs: Record<string, unknown>[];
  /** The same after waiting for lines of a second process, which can arrive after its response. */
  allLogs(): Promise<Record<string, unknown>[]>;
  /** A client with its own cookie jar, like one browser. */
  agent(): TestAgent;
  /**
   * Sends no request to a second process until the running test ends.
   * @param why what the test needs from the memory of a single process
   */
  singleProcess(why: string): void;
  close(): Promise<void>;
}

interface TestAppOptions {
  /** Prepares the app before it listens, such as a route that only a test needs. */
  prepare?: (app: NestExpressApplication) => void;
  /** Modules in addition to those of app.module.ts. */
  features?: Type[];
  /** Why the app needs a single process. `prepare` and `features` imply it. */
  singleProcess?: string;
}

/** The session store of test apps, by project of vitest.config.ts. Tests can override it. */
export const TEST_STORE = inject('sessionStore');

/** Settings of a test app: a new database on the mongod of the run, cheap hashes, high rate limits. */
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

/** Apps with the same database share their sessions. */
function sessionSettings(SESSION_STORE: string, database: string): NodeJS.ProcessEnv {
  if (SESSION_STORE !== 'redis') return { SESSION_STORE };
  return { SESSION_STORE, REDIS_URL: inject('redisUrl') ?? undefined, SESSION_REDIS_PREFIX: `${database}:` };
}

/** Not by URL, which cannot parse a list of members. */
function databaseOf(uri: string): string {
  return /^mongodb:\/\/[^/]+\/([^?]*)/.exec(uri)![1]!;
}

/** The connection string of a database on the mongod of the run, by default a new one. */
export function databaseUri(name = freshDatabase()): string {
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = name;
  return uri.href;
}

/** A new database name: all tests and projects of a run share one mongod. */
export function freshDatabase(): string {
  return `test_${randomUUID().slice(0, 13)}`;
}

/**
 * Starts the real app on 127.0.0.1, on a free port unless PORT is set, with a new database. In the project `state`, a second
 * process with the same database handles every second request.
 */
export async function startTestApp(
  overrides: NodeJS.ProcessEnv = {},
  { prepare, features, singleProcess }: TestAppOptions = {},
): Promise<TestApp> {
  const settings = testSettings(overrides);
  const config = loadConfig(settings);
  const logs: Record<string, unknown>[] = [];
  const write = (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>);
  const logger = createLogger(config, { write });
  const canaries = new Set([PASSWORD]);
  const isAlternating = inject('processes') === 2 && !prepare && !features && !singleProcess;
  const processes = isAlternating ? new AlternatingProcesses(settings, logs) : undefined;
  const app = await createApp(config, logger, features);
  prepare?.(app);
  const checks = [await checkAgainstOpenApi(app, !features), checkForSecrets, checkHeaders, collectSecrets(canaries)];
  app.use(checks);
  await processes?.start(app, checks);
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
      await processes?.logged();
      return logs;
    },
    agent: () => supertest.agent(url),
    singleProcess: () => processes?.pause(),
    close: async () => {
      await Promise.all([app.close(), processes?.end()]);
      await sessions.drop();
      await client.db().dropDatabase();
      await client.close();
      const text = JSON.stringify(logs);
      const leaked = [...canaries].filter((secret) => text.includes(secret));
      if (leaked.length > 0) throw new Error(`${leaked.length} secrets are in the log`);
    },
  };
}
