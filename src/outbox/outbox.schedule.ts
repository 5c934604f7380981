/** How long a claim is valid. */
export const LEASE_MS = 60_000;
/** Shorter than a lease: leaves time to store the result, and for clocks that differ. */
export const ATTEMPT_MS = 45_000;
/** How long dead letters are kept, and expired jobs that no process has claimed. */
export const DEAD_LETTER_MS = 7 * 24 * 3_600_000;
/** The most jobs of one bounded kind that can wait. */
export const MAX_WAITING = 10_000;

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 30 * 60_000;

/** @param attempts failed so far, at least 1 */
export function retryDelayMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
}
