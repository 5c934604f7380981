import { availableParallelism, loadavg } from 'node:os';

/**
 * A limit for a duration that the app promises. It is longer where more processes want to run than there are cores, so that
 * a busy machine makes the tests slower and not red.
 */
export function timeLimit(milliseconds: number): number {
  return milliseconds * Math.max(1, loadavg()[0]! / availableParallelism());
}
