import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableUnder } from '../support/markdown.js';

const FILE = 'docs/security.md';
const NAMED = /\[[^\]]+\]\(([^)]+)\): ([^|]+)/;

const held = tableUnder(FILE, '## Held by tests').flatMap(([id = '', , cell = '']) =>
  cell.split('<br>').map((test) => {
    const [, path = '', title = ''] = NAMED.exec(test) ?? [];
    return { id, path: join('docs', path), title: title.trim() };
  }),
);

describe('docs/security.md', () => {
  it.each(held)('names an existing test: $id: $title', ({ path, title }) => {
    expect(existsSync(path)).toBe(true);
    expect(title).not.toBe('');
    expect(readFileSync(path, 'utf8')).toContain(`'${title}'`);
  });

  it('has no empty cell', () => {
    const rows = ['## Held by tests', '## Not met', '## Left to others'].flatMap((heading) =>
      tableUnder(FILE, heading),
    );
    expect(rows.flat()).not.toContain('');
  });
});
