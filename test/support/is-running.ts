import { existsSync, readFileSync } from 'node:fs';

/** Whether this process runs. A zombie does not count. */
export function isRunning(pid: number): boolean {
  if (existsSync('/proc/self/stat')) return existsSync(`/proc/${pid}/stat`) && stateOf(pid) !== 'Z';
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .charAt(0);
  } catch {
    return 'Z';
  }
}
