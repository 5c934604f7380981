import { spawnSync } from 'node:child_process';

/** Why tests with Redis cannot run on this machine; undefined if they can. */
export function redisIsMissing(): string | undefined {
  const { error, status } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  if (!error && status === 0) return undefined;
  return 'there is no redis-server on the PATH (Debian: apt-get install redis-server)';
}
