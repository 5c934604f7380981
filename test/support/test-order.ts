import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest files. If one of them started last, the other workers would be idle at the end of the run. */
const LONG = /\/test\/(chaos|slow|browser)\/|\/cli-/;

/**
 * Orders files by project, because workers are reused only within a project, and in each project the long files first.
 * The durations that vitest cached in the last run order the rest.
 */
export class TestOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(this.ctx.projects)];
    const rank = ({ project, moduleId }: TestSpecification): number =>
      2 * projects.indexOf(project) + (LONG.test(moduleId) ? 0 : 1);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
