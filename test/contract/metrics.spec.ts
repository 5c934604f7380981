import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { code, tableUnder } from '../support/markdown.js';

const source = readFileSync('src/metrics/metrics.service.ts', 'utf8');
const named = [...source.matchAll(/name: '(\w+)'/g)].map(([, name]) => name!);

it('docs/operations.md lists every metric of this project, and no others', () => {
  const documented = tableUnder('docs/operations.md', '## Metrics').map(([name]) => code(name));
  expect(documented.toSorted()).toEqual(named.toSorted());
});

it('the alerts of docs/operations.md use existing metrics', () => {
  const text = readFileSync('docs/operations.md', 'utf8');
  const used = [...text.matchAll(/\b([a-z]+_[a-z_]+)\{/g)].map(([, name]) => name!.replace(/_(count|bucket)$/, ''));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((name) => !named.includes(name))).toEqual([]);
});
