import type { Reporter, TestModule } from 'vitest/node';

/** Closes the output with one plain line: `Tests: N passed, N failed, N skipped`. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const passed = count('passed');
    // What fails outside of tests is a failure too: a file before its first test, a hook, anything in the background.
    const broken = modules.filter((module) => {
      const own = [...module.children.allTests()];
      return module.state() === 'failed' && own.every((test) => test.result().state !== 'failed');
    });
    const failed = count('failed') + broken.length + errors.length;
    process.stdout.write(
      `\nTests: ${passed} passed, ${failed} failed, ${tests.length - passed - count('failed')} skipped\n`,
    );
  }
}
