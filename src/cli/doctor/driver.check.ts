import { createRequire } from 'node:module';
import { failed, type Problem } from './check.types.js';

/** Packages that depend on the MongoDB driver and must use the same copy. */
const USERS_OF_DRIVER = ['mongoose', 'connect-mongo'];

/**
 * Two copies of the driver do not recognize each other's errors and sessions.
 * @param from a file or URL in the folder whose packages are checked
 */
export function driverProblems(from: string = import.meta.url): Problem[] {
  const own = createRequire(from);
  const copies = USERS_OF_DRIVER.map((name) => createRequire(own.resolve(name)).resolve('mongodb'));
  if (new Set([own.resolve('mongodb'), ...copies]).size === 1) return [];
  return [
    failed(
      'duplicate_driver',
      'There are several copies of the MongoDB driver, so its errors are not recognized',
      'Pin mongodb to the version that mongoose depends on and install again; npm ls mongodb must show one.',
    ),
  ];
}
