import type { Reporter, TestModule } from 'vitest/node';

/** Closes the output with one plain line: `Tests: N passed, N failed, N skipped`. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const passed = count('passed');
    // A file that failed before its first test, and an error outside of tests, are failures too.
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests()].length === 0,
    );
    const failed = count('failed') + broken.length + errors.length;
    process.stdout.write(
      `\nTests: ${passed} passed, ${failed} failed, ${tests.length - passed - count('failed')} skipped\n`,
    );
  }
}
