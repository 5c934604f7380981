import { MongoClient, MongoServerError, type MongoClientOptions } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { warning, type Problem } from './check.js';
import { DATABASE_CHECKS, SETTINGS_CHECKS } from './checks.js';
import { addressProblems, unreachable } from './connection.check.js';
import { readSettings } from './settings.check.js';

const CONNECTION: MongoClientOptions = {
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  socketTimeoutMS: 30_000,
  // Whatever the address asks for: that is for its own check to tell.
  readPreference: 'primary',
};

export interface CheckResult {
  name: string;
  status: 'ok' | Problem['severity'] | 'skipped';
  problems: Problem[];
}

/**
 * Looks at everything that can be wrong around the app and changes nothing: it makes a connection of its own, because
 * the app would create the indexes that are to be looked for. A check whose ground is missing is skipped.
 */
export async function examine(): Promise<CheckResult[]> {
  const settings = await readSettings();
  if (Array.isArray(settings))
    return [result('settings', settings), ...[...SETTINGS_CHECKS, ...DATABASE_CHECKS].map(skip)];
  const { config, environment } = settings;
  const results = [result('settings', [])];
  for (const { name, find } of SETTINGS_CHECKS) {
    results.push(await attempt(name, () => find(config, environment)));
  }
  return [...results, ...(await examineDatabase(config))];
}

async function examineDatabase(config: AppConfig): Promise<CheckResult[]> {
  const client = new MongoClient(config.mongodbUri, CONNECTION);
  const address = addressProblems(new MongoClient(config.mongodbUri), config);
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

/** A check that cannot be made is a finding, not the end of the others. */
async function attempt(name: string, find: () => Problem[] | Promise<Problem[]>): Promise<CheckResult> {
  try {
    return result(name, await find());
  } catch (error) {
    const why = error instanceof MongoServerError ? error.codeName : error instanceof Error && error.name;
    const advice = 'Usually the database user may not ask: grant it clusterMonitor, or check this by hand.';
    return result(name, [warning('not_checked', `This could not be checked (${String(why)})`, advice)]);
  }
}

function result(name: string, problems: Problem[]): CheckResult {
  const worst = problems.some(({ severity }) => severity === 'failed') ? 'failed' : 'warning';
  return { name, status: problems.length > 0 ? worst : 'ok', problems };
}

const skip = ({ name }: { name: string }): CheckResult => ({ name, status: 'skipped', problems: [] });
