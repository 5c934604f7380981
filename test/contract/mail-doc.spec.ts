import { expect, it } from 'vitest';
import { NOTICE_KINDS } from '../../src/mail/notice.types.js';
import { code, tableUnder } from '../support/markdown.js';

it('docs/mail.md lists every notice', () => {
  const listed = tableUnder('docs/mail.md', '## What each mail says').map(([mail]) => code(mail));
  expect(listed.filter((name) => name !== '').toSorted()).toEqual(NOTICE_KINDS.toSorted());
});
