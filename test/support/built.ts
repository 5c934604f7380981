import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export const DIST = join(ROOT, 'dist');

/** Checked once per test file, which may start many processes. */
let stale: boolean | undefined;

/**
 * @param entry relative to dist/
 * @returns its path
 * @throws if it was not built or src was changed since: the tests would run another app
 */
export function built(entry: string): string {
  const path = join(DIST, entry);
  if (!existsSync(path)) throw new Error(`dist/${entry} is missing: npm run build`);
  stale ??= lastChange(join(ROOT, 'src')) > lastChange(DIST);
  if (stale) throw new Error('dist is older than src: npm run build');
  return path;
}

/** The time of its newest file, without the files that are not built. */
function lastChange(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'));
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
