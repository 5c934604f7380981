import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const FIXTURES = resolve(import.meta.dirname, 'fixtures');
const VITEST = resolve('node_modules/vitest/vitest.mjs');

it('the output ends with what was skipped and why, what passed at the second try, and the figures', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [VITEST, 'run', '--root', FIXTURES]);
  expect(stdout.trim().split('\n')).toEqual([
    'Skipped: reported.test.ts > passes nowhere: there is no moon',
    '1 passed at the second try',
    '  reported.test.ts > passes later',
    'Tests: 2 passed, 0 failed, 1 skipped',
  ]);
});
