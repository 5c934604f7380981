import type { Db, Document } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { databaseOptions } from '../../database/database.options.js';
import { failed, warning, type Problem } from './check.types.js';

const OLDEST_MAJOR = 6;
const MEMBERS = 3;

export async function versionProblems(db: Db): Promise<Problem[]> {
  const { version } = await db.admin().buildInfo();
  if (Number.parseInt(String(version), 10) >= OLDEST_MAJOR) return [];
  const message = `MongoDB ${version} is older than ${OLDEST_MAJOR}.0`;
  return [failed('database_old', message, `Upgrade to ${OLDEST_MAJOR}.0 or later, one major version at a time.`)];
}

export async function topologyProblems(db: Db, { production }: AppConfig): Promise<Problem[]> {
  return judgeTopology(await db.admin().command({ hello: 1 }), production);
}

export function judgeTopology(hello: Document, production: boolean): Problem[] {
  if (hello.msg === 'isdbgrid') return [];
  if (hello.setName === undefined) {
    const report = production ? failed : warning;
    return [
      report(
        'standalone',
        'MongoDB is standalone, not a replica set: it has no transactions, no change streams and no second copy',
        'Start mongod with --replSet rs0 and run rs.initiate() once; in production use three members.',
      ),
    ];
  }
  const members = Array.isArray(hello.hosts) ? hello.hosts.length : 0;
  if (!production || members >= MEMBERS) return [];
  return [
    warning(
      'too_few_members',
      `The replica set has ${members} data-bearing member${members === 1 ? '' : 's'}: losing one machine makes it unavailable`,
      `Use ${MEMBERS} members on machines that do not fail together.`,
    ),
  ];
}

/** @throws if the database user lacks the permission; the report then says so */
export async function poolProblems(db: Db, config: AppConfig): Promise<Problem[]> {
  const { connections } = await db.admin().serverStatus();
  const wanted = Number(databaseOptions(config).maxPoolSize);
  if (connections.available >= wanted) return [];
  return [
    failed(
      'too_few_connections',
      `MongoDB accepts ${connections.available} more connections, but one process may open ${wanted}`,
      'Raise the limit of open files of mongod, or run fewer processes.',
    ),
  ];
}
