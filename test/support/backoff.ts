import type { TestApp } from './test-app.js';

/** The default of LOGIN_MAX_DELAY. The app ignores waits longer than twice this value. */
const WAIT_MS = 15 * 60_000;

/** Extends every wait after a wrong password beyond the longest test on the slowest machine. */
export async function holdWaits({ db }: TestApp): Promise<void> {
  const begun = { $expr: { $gt: ['$nextAt', '$at'] } };
  await db.collection('login_attempts').updateMany(begun, [{ $set: { nextAt: { $add: ['$at', WAIT_MS] } } }]);
}
