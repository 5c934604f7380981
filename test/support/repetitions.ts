import { inject } from 'vitest';

const ALL = process.env.CHAOS === 'full';

/**
 * How often a fault is injected: a few times in every test run, and often enough to hit rare moments in
 * `npm run test:chaos:full`.
 */
export function rounds(few: number, all: number): number {
  return ALL ? all : few;
}

/** How often a proof is repeated: `many` times in `npm run test:slow`, which runs the `REPEATING` files of vitest.config.ts. */
export function repeats(few: number, many: number): number {
  return inject('repeats') === 'many' ? many : few;
}
