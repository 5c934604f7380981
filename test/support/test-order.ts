import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These take longest: started last, one of them would keep the run waiting while other workers have nothing to do. */
const LONG = /\/test\/(chaos|slow|browser)\/|\/cli-/;

/**
 * Runs the files of one project after those of another, since a worker is used again within a project only, and in each the
 * long files first. What vitest remembers of the last run decides the rest.
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
