import { readFileSync } from 'node:fs';
import { DefaultReporter, type Reporter, type TestCase, type TestModule, type TestSpecification } from 'vitest/node';

const SLOWEST = 10;
/** A test that takes longer needs a comment in its file with the text of REASON and the reason. */
const LONG_MS = 10_000;
const REASON = 'Takes longer than 10 s:';

/**
 * The default reporter with the progress of the run on each line. At the end it adds the slowest files, the skipped tests
 * with their reasons, and the tests that passed at the second try. The last line has a fixed format:
 * `Tests: N passed, N failed, N skipped`.
 */
export default class RunReporter extends DefaultReporter implements Reporter {
  private files = 0;
  private ended = 0;

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    [this.files, this.ended] = [specifications.length, 0];
    // Single tests are listed by name only where they take long.
    if (specifications.length > 1) this.ctx.config.slowTestThreshold = LONG_MS;
    super.onTestRunStart(specifications);
  }

  protected override getEntityPrefix(entity: TestCase | TestModule): string {
    const prefix = super.getEntityPrefix(entity);
    if (entity.type !== 'module') return prefix;
    this.ended += 1;
    const total = String(this.files);
    return `[${String(this.ended).padStart(total.length)}/${total}] ${prefix}`;
  }

  /** Prints at once why a test failed; the default reporter does so only at the end of the run. */
  protected override printTestCase(...[moduleState, test]: Parameters<DefaultReporter['printTestCase']>): void {
    super.printTestCase(moduleState, test);
    for (const { message } of test.result().errors ?? []) this.log(`       ${message.split('\n')[0]}`);
  }

  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: Parameters<DefaultReporter['onTestRunEnd']>[1],
    reason: Parameters<DefaultReporter['onTestRunEnd']>[2],
  ): void {
    super.onTestRunEnd(modules, errors, reason);
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const lines = [...slowest(modules), ...long(tests), ...skips(tests), ...secondTries(tests)];
    process.stdout.write(['', ...lines, figures(modules, tests, errors.length), ''].join('\n'));
  }
}

function slowest(modules: readonly TestModule[]): string[] {
  if (modules.length <= 1) return [];
  const timed = modules.map((module) => ({ name: fileOf(module), ms: msOf(module) })).sort((a, b) => b.ms - a.ms);
  const lines = timed.slice(0, SLOWEST).map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
  return ['The slowest files:', ...lines];
}

/** The duration of a file with its imports and hooks. */
function msOf(module: TestModule): number {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return collectDuration + setupDuration + duration;
}

function long(tests: TestCase[]): string[] {
  const found = tests.filter((test) => (test.diagnostic()?.duration ?? 0) > LONG_MS);
  const hint = (test: TestCase) => (readFileSync(test.module.moduleId, 'utf8').includes(REASON) ? '' : ' (no reason)');
  return found.length > 0
    ? [`${found.length} took longer than 10 s`, ...found.map((test) => `  ${nameOf(test)}${hint(test)}`)]
    : [];
}

/** The skipped tests that gave a reason. The command line left out the others, one by one or in whole files. */
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

function figures(modules: readonly TestModule[], tests: TestCase[], errors: number): string {
  const count = (state: string) => tests.filter((test) => test.result().state === state).length;
  const passed = count('passed');
  // A file that fails before its first test, a hook and an error in the background are failures, too.
  const broken = modules.filter((module) => {
    const own = [...module.children.allTests()];
    return module.state() === 'failed' && own.every((test) => test.result().state !== 'failed');
  });
  const failed = count('failed') + broken.length + errors;
  return `Tests: ${passed} passed, ${failed} failed, ${tests.length - passed - count('failed')} skipped`;
}

const nameOf = (test: TestCase): string => `${fileOf(test.module)} > ${test.fullName}`;

const fileOf = ({ project, relativeModuleId }: TestModule): string =>
  `${project.name && `|${project.name}| `}${relativeModuleId}`;
