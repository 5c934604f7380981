import { availableParallelism, loadavg } from 'node:os';

/**
 * A limit for a duration that the app guarantees. It grows if the load is above the number of cores, so that a busy machine
 * makes tests slower but does not fail them.
 */
export function timeLimit(milliseconds: number): number {
  return milliseconds * Math.max(1, loadavg()[0]! / availableParallelism());
}
