import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';

const FIXTURES = resolve(import.meta.dirname, 'fixtures');
const VITEST = resolve('node_modules/vitest/vitest.mjs');

it('a run shows how far it is and ends with the slowest files, skips, second tries and the figures', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [VITEST, 'run', '--root', FIXTURES]);
  const lines = stripVTControlCharacters(stdout).trimEnd().split('\n');
  expect(lines.filter((line) => /^ \[\d\/2\] . \w+\.test\.ts /.test(line))).toHaveLength(2);
  expect(lines.slice(lines.indexOf('The slowest files:') + 1)).toEqual([
    expect.stringMatching(/^ +\d+\.\d s {2}unhurried\.test\.ts$/),
    expect.stringMatching(/^ +\d+\.\d s {2}reported\.test\.ts$/),
    'Skipped: reported.test.ts > passes nowhere: there is no moon',
    '1 passed at the second try',
    '  reported.test.ts > passes later',
    'Tests: 3 passed, 0 failed, 1 skipped',
  ]);
});
