import type { RedisClientType } from 'redis';
import type { AppConfig } from '../../config/app.config.js';
import { isLoopback } from '../../net/ip-address.js';
import { failed, warning, type Problem } from './check.types.js';

const OLDEST = { major: 6, minor: 2 };

/** What the address itself asks for. */
export function redisAddressProblems(url: string, { production }: Pick<AppConfig, 'production'>): Problem[] {
  const { protocol, hostname, password } = new URL(url);
  if (!production || isLoopback(hostname)) return [];
  const problems: Problem[] = [];
  if (!password) {
    problems.push(
      warning(
        'redis_no_password',
        'Redis is reached without a password',
        'Make a user for this app, or set requirepass.',
      ),
    );
  }
  if (protocol !== 'rediss:') {
    problems.push(
      warning(
        'redis_no_tls',
        'Redis is reached without TLS over a network',
        'Turn on TLS there; rediss:// asks for it.',
      ),
    );
  }
  return problems;
}

/** Why no connection came about, in words that hold nothing secret of the address. */
export function redisUnreachable(error: unknown, url: string): Problem {
  const { host } = new URL(url);
  if (error instanceof Error && /^(WRONGPASS|NOAUTH|NOPERM|ERR)\b/.test(error.message)) {
    return failed(
      'redis_refused',
      `Redis at ${host} refuses the user, the password or the number of the database`,
      'Check REDIS_URL; special characters of user and password must be percent-encoded.',
    );
  }
  return failed(
    'redis_unreachable',
    `No Redis answers at ${host}`,
    'Check that it runs, that a firewall lets this machine in, and that rediss:// is used where it wants TLS.',
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

/** A replica takes no writes, and in a cluster the scripts do not find all of their keys. */
export async function redisRoleProblems(client: RedisClientType): Promise<Problem[]> {
  const problems: Problem[] = [];
  if (valueOf(await client.info('replication'), 'role') !== 'master') {
    problems.push(
      failed('redis_replica', 'REDIS_URL leads to a replica, which takes no writes', 'Name the primary in REDIS_URL.'),
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

/** Sessions are not a cache: one that is evicted signs somebody out, and a tombstone that is takes the reason along. */
export async function redisMemoryProblems(client: RedisClientType): Promise<Problem[]> {
  const policy = valueOf(await client.info('memory'), 'maxmemory_policy');
  if (policy === 'noeviction') return [];
  return [
    failed(
      'redis_eviction_enabled',
      `Redis makes room by throwing keys away (${policy}): sessions end without anybody having ended them`,
      'Set maxmemory-policy noeviction; if others need it as a cache, give sessions a Redis of their own.',
    ),
  ];
}

/** What a restart or a power cut takes along. */
export async function redisPersistenceProblems(client: RedisClientType): Promise<Problem[]> {
  if (valueOf(await client.info('persistence'), 'aof_enabled') !== '1') {
    return [
      failed(
        'redis_not_persistent',
        'Redis keeps no append-only file: after a restart everybody is signed out, or back where the last snapshot was',
        'Set appendonly yes.',
      ),
    ];
  }
  const { appendfsync } = await client.configGet('appendfsync');
  if (appendfsync === 'always') return [];
  return [
    warning(
      'redis_loses_writes',
      `Redis writes to the disk later than it acknowledges (appendfsync ${appendfsync}): a session that was ended may live again after a power cut`,
      'Set appendfsync always, unless a second of writes may be lost.',
    ),
  ];
}

/** One value of the lines `name:value` that INFO answers. */
function valueOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
}
