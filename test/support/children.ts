import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/**
 * Registers a process that setup.ts kills after the test file if it still runs, because a failing test does not reach the line
 * that stops it. Exit handlers would not run: vitest ends its workers by a signal.
 */
export function killAtLast<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}
