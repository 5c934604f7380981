import type { DatabaseCheck, RedisCheck, SettingsCheck } from './check.types.js';
import { clockProblems } from './clock.check.js';
import { cookieProblems } from './cookie.check.js';
import { driverProblems } from './driver.check.js';
import { environmentProblems, threadProblems } from './environment.check.js';
import { hashingProblems } from './hashing.check.js';
import { indexProblems, overdueProblems } from './indexes.check.js';
import { lifetimeProblems } from './lifetimes.check.js';
import { mailServerProblems, outboxProblems } from './mail.check.js';
import { dataKeyProblems } from './data-keys.check.js';
import { passkeyProblems } from './passkeys.check.js';
import { pepperProblems } from './peppers.check.js';
import { providerProblems } from './providers.check.js';
import { proxyProblems } from './proxy.check.js';
import {
  redisMemoryProblems,
  redisPersistenceProblems,
  redisRoleProblems,
  redisVersionProblems,
} from './redis.check.js';
import { secretProblems } from './secrets.check.js';
import { poolProblems, topologyProblems, versionProblems } from './server.check.js';
import { misspelledSettings } from './settings.check.js';
import { storedKeyProblems } from './stored-keys.check.js';
import { userProblems } from './users.check.js';

/** Checks of the settings and this machine. */
export const SETTINGS_CHECKS: SettingsCheck[] = [
  { name: 'setting names', find: misspelledSettings },
  { name: 'environment', find: environmentProblems },
  { name: 'secrets', find: secretProblems },
  { name: 'proxy and TLS', find: proxyProblems },
  { name: 'cookie and origins', find: cookieProblems },
  { name: 'passkeys', find: passkeyProblems },
  { name: 'session lifetimes', find: lifetimeProblems },
  { name: 'password hashing', find: hashingProblems },
  { name: 'threads', find: (_config, environment) => threadProblems(environment) },
  { name: 'MongoDB driver', find: () => driverProblems() },
  { name: 'providers', find: providerProblems },
  { name: 'mail server', find: mailServerProblems },
];

/** Checks of the database. They read and change nothing. */
export const DATABASE_CHECKS: DatabaseCheck[] = [
  { name: 'MongoDB version', find: versionProblems },
  { name: 'topology', find: topologyProblems },
  { name: 'connections', find: poolProblems },
  { name: 'clock', find: clockProblems },
  // Before the checks below, whose advice would be wrong in another app's database.
  { name: 'users', find: userProblems },
  { name: 'indexes', find: indexProblems },
  { name: 'TTL cleanup', find: overdueProblems },
  { name: 'usernames and addresses', find: storedKeyProblems },
  { name: 'peppers', find: pepperProblems },
  { name: 'data keys', find: dataKeyProblems },
  { name: 'outbox', find: outboxProblems },
];

/** Checks of Redis, with SESSION_STORE=redis. */
export const REDIS_CHECKS: RedisCheck[] = [
  { name: 'Redis version', find: redisVersionProblems },
  { name: 'Redis role', find: redisRoleProblems },
  { name: 'Redis memory', find: redisMemoryProblems },
  { name: 'Redis persistence', find: redisPersistenceProblems },
];
