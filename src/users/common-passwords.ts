import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PROJECT_ROOT } from '../config/project-root.js';

/** Leaked passwords in lower case, each between two newlines. data/README.md names the source and its license. */
const FILE = join(PROJECT_ROOT, 'data/common-passwords.txt.gz');

let list: string | undefined;

/**
 * Whether a password is one of 198,000 leaked ones of eight characters or more, in any case. Not a package: one
 * string takes 2 MB and is searched in two milliseconds, while packages build a Set of 30 MB.
 */
export function isCommonPassword(password: string): boolean {
  // Read at the first use: many processes never need it.
  list ??= gunzipSync(readFileSync(FILE)).toString('latin1');
  return list.includes(`\n${password.toLowerCase()}\n`);
}
