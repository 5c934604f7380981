import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECURITY_EVENTS } from '../../src/logging/security-events.js';
import { code, tableUnder } from '../support/markdown.js';

const FILE = 'docs/operations.md';
const EVENT = /\bevent: '(\w+)'/g;

function eventsInSource(): Set<string> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.spec)\.ts$/.test(name),
  );
  const found = files.flatMap((name) => [...readFileSync(`src/${name}`, 'utf8').matchAll(EVENT)]);
  return new Set(found.map(([, name]) => name!));
}

describe('docs/operations.md', () => {
  it('lists every log event that is no security event, and no others', () => {
    const documented = tableUnder(FILE, '## The log').map(([name]) => code(name));
    const written = [...eventsInSource()].filter((name) => !(name in SECURITY_EVENTS));
    expect(documented.sort()).toEqual(written.sort());
  });

  it('lists every security event with its level, and no others', () => {
    const documented = tableUnder(FILE, '### Security events').map(([name, level]) => [code(name), level]);
    expect(documented).toEqual(Object.entries(SECURITY_EVENTS));
  });
});
