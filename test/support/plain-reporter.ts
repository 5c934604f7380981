import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Closes the output with what the default reporter does not say of a long run: which tests were skipped and why, and which
 * passed at the second try only. The last line is plain: `Tests: N passed, N failed, N skipped`.
 */
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
    const skipped = tests.length - passed - count('failed');
    const last = `Tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
    process.stdout.write(['', ...skips(tests), ...secondTries(tests), last, ''].join('\n'));
  }
}

/** Those that gave a reason; others were left out by the command line, or a whole file of them was. */
function skips(tests: TestCase[]): string[] {
  return tests.flatMap((test) => {
    const result = test.result();
    return result.state === 'skipped' && result.note ? [`Skipped: ${nameOf(test)}: ${result.note}`] : [];
  });
}

function secondTries(tests: TestCase[]): string[] {
  const names = tests.filter((test) => test.diagnostic()?.flaky).map(nameOf);
  return names.length > 0 ? [`${names.length} passed at the second try`, ...names.map((name) => `  ${name}`)] : [];
}

function nameOf({ project, module, fullName }: TestCase): string {
  return `${project.name && `|${project.name}| `}${module.relativeModuleId} > ${fullName}`;
}
