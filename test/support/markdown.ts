import { readFileSync } from 'node:fs';

/**
 * The body rows of the one table under a heading of a Markdown file, cell by cell.
 * @param file from the top of the project
 * @throws if there is no such heading, or no table under it
 */
export function tableUnder(file: string, heading: string): string[][] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`${file} has no heading "${heading}"`);
  const section = lines.slice(start + 1);
  const end = section.findIndex((line) => line.startsWith('#'));
  const rows = section.slice(0, end === -1 ? undefined : end).filter((line) => line.startsWith('|'));
  if (rows.length < 3) throw new Error(`${file} has no table under "${heading}"`);
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The text between backquotes at the start of a cell; empty if the cell starts otherwise. */
export function code(cell: string | undefined): string {
  return /^`([^`]*)`/.exec(cell ?? '')?.[1] ?? '';
}
