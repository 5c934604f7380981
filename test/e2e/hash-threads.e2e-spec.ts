import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { testSettings } from '../support/test-app.js';

/** Nicenesses of the process's threads by thread id: field 19 of their stat, after the name in parentheses. */
function nicenesses(pid: number): Map<number, number> {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return new Map(
    tasks.map((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      return [Number(thread), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])];
    }),
  );
}

describe('the threads that hash passwords', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startProcess(testSettings());
  });
  afterAll(() => app?.kill());

  it('have a lower priority than the event loop, and no other threads have', (context) => {
    if (process.platform !== 'linux') context.skip('only Linux knows priorities of threads');
    const { pid } = app.child;
    const threads = nicenesses(pid!);
    expect(threads.get(pid!)).toBe(0);
    // libuv's pool has four.
    expect([...threads.values()].filter((niceness) => niceness > 0)).toEqual([5, 5, 5, 5]);
  });
});
