import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** Imports of what hashes, signs or encrypts; random values and comparisons are not among them. */
const CRYPTOGRAPHY =
  /import [^;]*\b(createHash|createHmac|createCipheriv|hkdfSync|hash)\b[^;]* from 'node:crypto'|from 'otpauth'/;
/** For development only: the digests of a download, and a page with one style sheet. */
const DEVELOPMENT = /^src\/(dev|mail\/mailbox)\//;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => join('src', file).replaceAll('\\', '/'))
  .filter((file) => !DEVELOPMENT.test(file));

describe('docs/security.md', () => {
  it('lists every file that uses cryptography, and no others', () => {
    const listed = tableUnder(FILE, '## Cryptography').map(([cell = '']) => /\(\.\.\/([^)]+)\)/.exec(cell)?.[1]);
    const used = sources.filter((file) => CRYPTOGRAPHY.test(readFileSync(file, 'utf8')));
    expect(new Set(listed)).toEqual(new Set(used));
  });

  it.each(held)('names an existing test: $id: $title', ({ path, title }) => {
    expect(existsSync(path)).toBe(true);
    expect(title).not.toBe('');
    expect(readFileSync(path, 'utf8')).toContain(`'${title}'`);
  });

  it('has no empty cell', () => {
    const rows = ['## Held by tests', '## Not met', '## Left to others', '## Cryptography', '## Dependencies'].flatMap(
      (heading) => tableUnder(FILE, heading),
    );
    expect(rows.flat()).not.toContain('');
  });
});
