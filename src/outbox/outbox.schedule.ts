/** How long a claim holds. */
export const LEASE_MS = 60_000;
/** An attempt ends before its lease does, with room for clocks that differ and for noting the result. */
export const ATTEMPT_MS = 45_000;
/** How long a dead letter is kept, and a job that no process has looked at since it expired. */
export const DEAD_LETTER_MS = 7 * 24 * 3_600_000;
/** Jobs of one bounded kind that may wait. */
export const MAX_WAITING = 10_000;

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 30 * 60_000;

/** @param attempts that have failed so far, at least 1 */
export function retryDelayMs(attempts: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
}
