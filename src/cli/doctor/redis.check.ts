import type { RedisClientType } from 'redis';
import type { AppConfig } from '../../config/app.config.js';
import { isLoopback } from '../../net/ip-address.js';
import { failed, warning, type Problem } from './check.types.js';

const OLDEST = { major: 6, minor: 2 };

/** Problems of REDIS_URL. */
export function redisUrlProblems(url: string, { production }: Pick<AppConfig, 'production'>): Problem[] {
  const { protocol, hostname, password } = new URL(url);
  if (!production || isLoopback(hostname)) return [];
  const problems: Problem[] = [];
  if (!password) {
    problems.push(
      warning(
        'redis_no_password',
        'The connection to Redis uses no password',
        'Create a user for this app, or set requirepass.',
      ),
    );
  }
  if (protocol !== 'rediss:') {
    problems.push(
      warning(
        'redis_no_tls',
        'The connection to Redis crosses a network without TLS',
        'Turn on TLS in Redis and use rediss://.',
      ),
    );
  }
  return problems;
}

/** Why the connection failed, without any secret part of the URL. */
export function redisUnreachable(error: unknown, url: string): Problem {
  const { host } = new URL(url);
  if (error instanceof Error && /^(WRONGPASS|NOAUTH|NOPERM|ERR)\b/.test(error.message)) {
    return failed(
      'redis_refused',
      `Redis at ${host} rejects the user, the password or the database number`,
      'Check REDIS_URL; special characters of user and password must be percent-encoded.',
    );
  }
  return failed(
    'redis_unreachable',
    `Redis at ${host} does not respond`,
    'Check that it runs, that no firewall blocks this machine, and that the URL uses rediss:// if Redis requires TLS.',
  );
}

export async function redisVersionProblems(client: RedisClientType): Promise<Problem[]> {
  return judgeRedisVersion(valueOf(await client.info('server'), 'redis_version'));
}

export function judgeRedisVersion(version: string): Problem[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return [];
  const oldest = `${OLDEST.major}.${OLDEST.minor}`;
  return [failed('redis_old', `Redis ${version} is older than ${oldest}`, `Upgrade to ${oldest} or later.`)];
}

/** A replica takes no writes, and a cluster spreads the keys of one script over several servers. */
export async function redisRoleProblems(client: RedisClientType): Promise<Problem[]> {
  const problems: Problem[] = [];
  if (valueOf(await client.info('replication'), 'role') !== 'master') {
    problems.push(
      failed('redis_replica', 'REDIS_URL names a replica, which takes no writes', 'Name the primary in REDIS_URL.'),
    );
  }
  if (valueOf(await client.info('cluster'), 'cluster_enabled') === '1') {
    problems.push(
      failed(
        'redis_cluster',
        'Redis runs as a cluster, which is not supported',
        'Use one server, with replicas of it.',
      ),
    );
  }
  return problems;
}

/** Sessions are no cache: evicting one signs a user out, and evicting a tombstone loses the revocation reason. */
export async function redisMemoryProblems(client: RedisClientType): Promise<Problem[]> {
  const policy = valueOf(await client.info('memory'), 'maxmemory_policy');
  if (policy === 'noeviction') return [];
  return [
    failed(
      'redis_eviction_enabled',
      `Redis evicts keys when memory is full (${policy}): users are signed out without a reason`,
      'Set maxmemory-policy noeviction; if other programs use it as a cache, give sessions their own Redis.',
    ),
  ];
}

/** Writes that a restart or a power cut loses. */
export async function redisPersistenceProblems(client: RedisClientType): Promise<Problem[]> {
  if (valueOf(await client.info('persistence'), 'aof_enabled') !== '1') {
    return [
      failed(
        'redis_not_persistent',
        'Redis has no append-only file: a restart signs all users out, or restores the last snapshot',
        'Set appendonly yes.',
      ),
    ];
  }
  const { appendfsync } = await client.configGet('appendfsync');
  if (appendfsync === 'always') return [];
  return [
    warning(
      'redis_loses_writes',
      `Redis acknowledges writes before they are on disk (appendfsync ${appendfsync}): a revoked session may be active again after a power cut`,
      'Set appendfsync always, unless losing a second of writes is acceptable.',
    ),
  ];
}

/** One value of the `name:value` lines of INFO. */
function valueOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
}
