import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const TESTS = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('spec.ts'))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(ROOT, folder, name), 'utf8') })),
);

/** What docs/testing.md asks of tests that share a process. */
describe('the tests', () => {
  const filesWith = (pattern: RegExp) => TESTS.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

  it('mock no modules, because test files share a process', () => {
    expect(filesWith(/\bvi\.(mock|doMock|resetModules)\(/)).toEqual([]);
  });

  it('set environment variables only for processes that they start', () => {
    expect(filesWith(/\bprocess\.env\.\w+ (\?\?|\|\|)?= |\bvi\.stubEnv\(|\bprocess\.chdir\(/)).toEqual([]);
  });
});
