import type { TestApp } from './test-app.js';

/** The default of LOGIN_MAX_DELAY: the app does not believe in waits of more than two of the longest. */
const WAIT_MS = 15 * 60_000;

/** Makes every wait that has begun after a wrong password last longer than the slowest machine takes for a test. */
export async function holdWaits({ db }: TestApp): Promise<void> {
  const begun = { $expr: { $gt: ['$nextAt', '$at'] } };
  await db.collection('login_attempts').updateMany(begun, [{ $set: { nextAt: { $add: ['$at', WAIT_MS] } } }]);
}
