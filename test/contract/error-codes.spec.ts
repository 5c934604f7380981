import { describe, expect, it } from 'vitest';
import { ERROR_CODES, ISSUE_CODES, REVOCATION_REASONS } from '../../src/errors/error-codes.js';
import { code, tableUnder } from '../support/markdown.js';

const FILE = 'docs/errors.md';

describe('docs/errors.md', () => {
  it('lists every error code with its status, and no others', () => {
    const documented = tableUnder(FILE, '## Codes').map(([name, status]) => [code(name), Number(status)]);
    expect(documented).toEqual(Object.entries(ERROR_CODES).map(([name, { status }]) => [name, status]));
  });

  it('lists every issue code with its message, and no others', () => {
    const documented = tableUnder(FILE, '## Issues').map(([name, message]) => [code(name), message]);
    expect(documented).toEqual(Object.entries(ISSUE_CODES));
  });

  it('lists every revocation reason, and no others', () => {
    const documented = tableUnder(FILE, '## Reasons of session_revoked').map(([name]) => code(name));
    expect(documented).toEqual(REVOCATION_REASONS);
  });

  it('has no empty cell', () => {
    const rows = ['## Codes', '## Issues', '## Reasons of session_revoked'].flatMap((head) => tableUnder(FILE, head));
    expect(rows.filter((cells) => cells.includes(''))).toEqual([]);
  });
});
