import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGES = readdirSync('docs/adr')
  .filter((name) => name !== 'README.md')
  .sort();
const titleOf = (page: string): string => readFileSync(`docs/adr/${page}`, 'utf8').split('\n')[0]!;

/** Every text file under version control that may refer to a decision, with its contents. */
const TEXTS = execFileSync('git', [
  'ls-files',
  '*.md',
  '*.ts',
  '*.js',
  '*.mjs',
  '*.html',
  '*.example',
  '*.yaml',
  '*.yml',
])
  .toString()
  .trim()
  .split('\n')
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

describe('the pages of decisions in docs/adr', () => {
  it('are numbered from 1 without gaps, in file name and title', () => {
    const numbers = PAGES.map((_page, index) => index + 1);
    expect(PAGES.map((page) => Number(page.slice(0, 4)))).toEqual(numbers);
    expect(PAGES.map((page) => Number(/^# (\d+)\. /.exec(titleOf(page))?.[1]))).toEqual(numbers);
  });

  it('are in the index with their titles, in order', () => {
    const index = readFileSync('docs/adr/README.md', 'utf8');
    const rows = [...index.matchAll(/^\| (\d+) +\| \[(.+)\]\((.+)\) +\| \S.*\|$/gm)];
    expect(rows.map(([, number, title]) => `# ${number}. ${title}`)).toEqual(PAGES.map(titleOf));
    expect(rows.map(([, , , page]) => page)).toEqual(PAGES);
  });

  it('exist wherever a document or a comment refers to one', () => {
    const references = TEXTS.flatMap(({ file, text }) =>
      [...text.matchAll(/(?:\bADR (\d+)(?:\]\(([^)]*)\))?|\b(\d{4}-[a-z][a-z0-9-]*\.md))/g)].map((match) => ({
        reference: `${file}: ${match[0]}`,
        known: refersToPage(match[1], match[2] ?? match[3]),
      })),
    );
    expect(references.length).toBeGreaterThan(PAGES.length);
    expect(references.filter(({ known }) => !known).map(({ reference }) => reference)).toEqual([]);
  });
});

/** Whether there is such a page, and number and link name the same one. */
function refersToPage(number: string | undefined, link: string | undefined): boolean {
  const page = link === undefined ? PAGES[Number(number) - 1] : link.split('/').at(-1)!;
  if (page === undefined || !PAGES.includes(page)) return false;
  return number === undefined || Number(page.slice(0, 4)) === Number(number);
}
