import { availableParallelism } from 'node:os';
import { MongoClient } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { isLoopback } from '../../net/ip-address.js';
import { warning, type Problem } from './check.types.js';

/** Node's default without UV_THREADPOOL_SIZE. */
const DEFAULT_THREADS = 4;

/** A remote database outside of production usually means that NODE_ENV=production is missing. */
export function environmentProblems(config: AppConfig): Problem[] {
  if (config.production) return [];
  const remote = new MongoClient(config.mongodbUri).options.hosts.filter(({ host }) => !isLoopback(host ?? ''));
  if (remote.length === 0) return [];
  return [
    warning(
      'not_production',
      'NODE_ENV is not production, but the database is on another machine',
      'Set NODE_ENV=production where people sign in: cookies become Secure, and weak settings stop the start.',
    ),
  ];
}

/** Hashes run in libuv's thread pool, one per core; file access and DNS lookups use the same pool. */
export function threadProblems(environment: NodeJS.ProcessEnv, cores = availableParallelism()): Problem[] {
  const threads = Number(environment.UV_THREADPOOL_SIZE) || DEFAULT_THREADS;
  if (threads > cores) return [];
  return [
    warning(
      'threads_too_few',
      `${cores} cores hash passwords in a pool of ${threads} threads, which leaves none for files and host names`,
      `Set UV_THREADPOOL_SIZE=${cores + 2} in the environment of the process.`,
    ),
  ];
}
