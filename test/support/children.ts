import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/**
 * Has this process killed when the file of tests is over, should it run still: a test that fails does not come to the
 * line that stops it. By setup.ts, since vitest ends its own processes by a signal, and nothing happens at their exit.
 */
export function killAtLast<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}
