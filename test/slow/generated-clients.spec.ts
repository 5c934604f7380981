import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Downloads of the generator and the compilers, on the first run, and three builds. */
const MINUTES = 60_000;
const FIXTURES = join(import.meta.dirname, 'generated-clients');
const OUTPUT = mkdtempSync(join(tmpdir(), 'generated-clients-'));

const maven = (...args: string[]) => {
  const { status, stdout } = spawnSync('mvn', ['-q', '-B', '-ntp', ...args], { encoding: 'utf8' });
  const errors = stdout.split('\n').filter((line) => line.includes('ERROR'));
  return { status, errors };
};
const missing = spawnSync('mvn', ['-version']).status === 0 ? '' : 'Maven is not installed';
if (missing) console.warn(`Generated clients are not compiled: ${missing}`);

/** @see https://github.com/OpenAPITools/openapi-generator/issues/20188 */
describe.skipIf(missing)('clients that openapi-generator generates from openapi.json', () => {
  beforeAll(() => {
    const document = join(import.meta.dirname, '../../openapi.json');
    const pom = join(FIXTURES, 'pom.xml');
    const generated = maven('-f', pom, 'generate-sources', `-Ddocument=${document}`, `-Doutput=${OUTPUT}`);
    if (generated.status !== 0) throw new Error(generated.errors.join('\n'));
    // The Java generator writes a Maven build itself, the Kotlin generator one for Gradle.
    cpSync(join(FIXTURES, 'kotlin-pom.xml'), join(OUTPUT, 'kotlin/pom.xml'));
  }, 10 * MINUTES);
  afterAll(() => rmSync(OUTPUT, { recursive: true }));

  it.each(['java', 'kotlin'])('compile: %s', { timeout: 10 * MINUTES }, (language) => {
    expect(maven('-f', join(OUTPUT, language, 'pom.xml'), 'compile')).toEqual({ status: 0, errors: [] });
  });
});
