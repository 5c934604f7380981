import { MongoClient, MongoServerError, type MongoClientOptions } from 'mongodb';
import type { RedisClientType } from 'redis';
import type { AppConfig } from '../../config/app.config.js';
import { warning, type Problem } from './check.types.js';
import { DATABASE_CHECKS, REDIS_CHECKS, SETTINGS_CHECKS } from './registry.js';
import { connectionStringProblems, unreachable } from './connection.check.js';
import { redisUrlProblems, redisUnreachable } from './redis.check.js';
import type { Settings } from './settings.check.js';

const CONNECT_TIMEOUT_MS = 3_000;
const SILENCE_TIMEOUT_MS = 30_000;

const CONNECTION: MongoClientOptions = {
  serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
  connectTimeoutMS: CONNECT_TIMEOUT_MS,
  socketTimeoutMS: SILENCE_TIMEOUT_MS,
  // Overrides the URI; connectionStringProblems inspects the URI itself.
  readPreference: 'primary',
};

export interface CheckResult {
  name: string;
  status: 'ok' | Problem['severity'] | 'skipped';
  problems: Problem[];
}

/**
 * Runs all checks and changes nothing. It opens its own connection, because the app would create the indexes that the
 * checks look for. Checks whose precondition fails are skipped.
 */
export async function runChecks(settings: Settings | Problem[]): Promise<CheckResult[]> {
  if (Array.isArray(settings))
    return [result('settings', settings), ...[...SETTINGS_CHECKS, ...DATABASE_CHECKS].map(skip)];
  const { config, environment } = settings;
  const results = [result('settings', [])];
  for (const { name, find } of SETTINGS_CHECKS) {
    results.push(await attempt(name, () => find(config, environment)));
  }
  return [...results, ...(await examineDatabase(config)), ...(await examineRedis(config))];
}

async function examineDatabase(config: AppConfig): Promise<CheckResult[]> {
  const client = new MongoClient(config.mongodbUri, CONNECTION);
  const address = connectionStringProblems(new MongoClient(config.mongodbUri), config);
  try {
    await client.connect();
    const results = [result('database', address)];
    for (const { name, find } of DATABASE_CHECKS) {
      results.push(await attempt(name, () => find(client.db(), config)));
    }
    return results;
  } catch (error) {
    return [result('database', [unreachable(error, client), ...address]), ...DATABASE_CHECKS.map(skip)];
  } finally {
    await client.close();
  }
}

/** Only with SESSION_STORE=redis. */
async function examineRedis({ redis, production }: AppConfig): Promise<CheckResult[]> {
  if (!redis) return [];
  const { createClient } = await import('redis');
  const address = redisUrlProblems(redis.url, { production });
  const socket = {
    connectTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    reconnectStrategy: false,
  } as const;
  const client: RedisClientType = createClient({ url: redis.url, socket, maintNotifications: 'disabled' });
  // An 'error' event without a listener would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const results = [result('Redis', address)];
    for (const { name, find } of REDIS_CHECKS) results.push(await attempt(name, () => find(client)));
    return results;
  } catch (error) {
    return [result('Redis', [redisUnreachable(error, redis.url), ...address]), ...REDIS_CHECKS.map(skip)];
  } finally {
    client.destroy();
  }
}

/** A check that throws becomes a warning; the other checks go on. */
async function attempt(name: string, find: () => Problem[] | Promise<Problem[]>): Promise<CheckResult> {
  try {
    return result(name, await find());
  } catch (error) {
    const why = shortNameOf(error);
    const advice =
      'Usually the database user lacks a permission: grant those of docs/operations.md, or check this by hand.';
    return result(name, [warning('not_checked', `This could not be checked (${why})`, advice)]);
  }
}

/** The code name of an error of MongoDB or Redis, such as Unauthorized or NOPERM. The message may hold secrets. */
function shortNameOf(error: unknown): string | undefined {
  if (error instanceof MongoServerError) return error.codeName;
  return error instanceof Error ? (/^[A-Z]{4,}\b/.exec(error.message)?.[0] ?? error.name) : undefined;
}

function result(name: string, problems: Problem[]): CheckResult {
  const worst = problems.some(({ severity }) => severity === 'failed') ? 'failed' : 'warning';
  return { name, status: problems.length > 0 ? worst : 'ok', problems };
}

const skip = ({ name }: { name: string }): CheckResult => ({ name, status: 'skipped', problems: [] });
