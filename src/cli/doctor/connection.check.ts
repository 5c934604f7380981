import { MongoServerError, type MongoClient } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { isLoopback } from '../../net/ip-address.js';
import { namesDatabase, serversOf } from '../mongo-uri.js';
import { failed, warning, type Problem } from './check.types.js';

const AUTHENTICATION_FAILED = 18;

/** Problems of MONGODB_URI. Its text may hold a password, so messages use only the options that the driver parsed. */
export function connectionStringProblems({ options }: MongoClient, { production, mongodbUri }: AppConfig): Problem[] {
  const problems: Problem[] = [];
  const remote = options.hosts.some(({ host }) => !isLoopback(host ?? ''));
  if (!namesDatabase(mongodbUri)) {
    problems.push(
      warning(
        'database_name_missing',
        `MONGODB_URI names no database, so the data are in "${options.dbName}"`,
        'Add the name: mongodb://host:27017/NAME.',
      ),
    );
  }
  if (production && remote && !options.credentials) {
    problems.push(
      warning(
        'no_password',
        'The connection to the database uses no password',
        'Turn on access control and name a user.',
      ),
    );
  }
  if (production && remote && !options.tls) {
    problems.push(
      warning('no_tls', 'The connection to the database crosses a network without TLS', 'Add tls=true to MONGODB_URI.'),
    );
  }
  return problems;
}

/** Why the connection failed, without any part of the URI but the host. */
export function unreachable(error: unknown, client: MongoClient): Problem {
  const where = serversOf(client);
  if (error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED) {
    return failed(
      'database_refused',
      `MongoDB at ${where} rejects the user or the password`,
      'Check user, password and authSource of MONGODB_URI; special characters must be percent-encoded.',
    );
  }
  return failed(
    'database_unreachable',
    `MongoDB at ${where} does not respond`,
    'Check that it runs, that no firewall blocks this machine, and that replicaSet= names the right replica set.',
  );
}
