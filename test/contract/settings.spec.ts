import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_SECRET, envSchema, SETTING_NAMES } from '../../src/config/env.schema.js';
import { code, tableUnder } from '../support/markdown.js';

const EXAMPLE = /^([A-Z_]+)=(.*)$/;
const lines = readFileSync('.env.example', 'utf8').split('\n');
const example = lines.flatMap((line) => (EXAMPLE.test(line) ? [EXAMPLE.exec(line)!.slice(1, 3)] : []));
const documented = tableUnder('docs/operations.md', '## Settings').map(([name, text]) => [code(name), code(text)]);

/** What the schema makes of a text; of nothing, what it makes by default. */
function valueOf(name: string, text: string | undefined): unknown {
  return envSchema.shape[name as (typeof SETTING_NAMES)[number]].safeParse(text || undefined).data;
}

const defaults = (): [string, unknown][] => SETTING_NAMES.map((name) => [name, valueOf(name, undefined)]);
const valuesOf = (texts: string[][]): [string, unknown][] =>
  texts.map(([name = '', text]) => [name, valueOf(name, text)]);

describe('the settings', () => {
  it('are all in .env.example, in the order of the schema, and no others', () => {
    expect(example.map(([name]) => name)).toEqual(SETTING_NAMES);
  });

  it('are all in docs/operations.md, in the order of the schema, and no others', () => {
    expect(documented.map(([name]) => name)).toEqual(SETTING_NAMES);
  });

  it('have the same defaults in the schema and in .env.example, except for the secret to change', () => {
    const shown = example.map(([name, text]) => [name!, name === 'SESSION_SECRETS' ? '' : text!]);
    expect(valuesOf(shown)).toEqual(defaults());
  });

  it('have the same defaults in the schema and in docs/operations.md', () => {
    expect(valuesOf(documented)).toEqual(defaults());
  });

  it('include in .env.example the secret that production rejects', () => {
    expect(Object.fromEntries(example)).toHaveProperty('SESSION_SECRETS', EXAMPLE_SECRET);
  });

  it('each have a description right above them in .env.example', () => {
    const bare = lines.filter((line, index) => EXAMPLE.test(line) && !lines[index - 1]?.startsWith('# '));
    expect(bare).toEqual([]);
  });
});
