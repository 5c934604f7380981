/** Options that would make the app read old data. Sessions must be read from the primary. */
const STALE_READS = ['readpreferencetags', 'maxstalenessseconds'];
/** Options that change what the driver returns or stores: the app relies on the defaults. */
const OTHER_TYPES = [
  'promotevalues',
  'promotelongs',
  'promotebuffers',
  'usebigint64',
  'bsonregexp',
  'raw',
  'fieldsasraw',
  'ignoreundefined',
  'forceserverobjectid',
];
const SAFE_READ_CONCERNS = ['local', 'majority'];

/**
 * Options of a connection string that break a guarantee of the app and that it cannot override. The app overrides write
 * concern, retries and timeouts in database.options.ts.
 * @returns their names as they are written there, never their values
 * @see https://github.com/Automattic/mongoose/issues/12436
 */
export function conflictingUriOptions(uri: string): string[] {
  const options = new URLSearchParams(uri.split('?')[1] ?? '');
  return [...options]
    .filter(([name, value]) => conflicts(name.toLowerCase(), value.toLowerCase()))
    .map(([name]) => name);
}

function conflicts(name: string, value: string): boolean {
  if (name === 'readpreference') return value !== 'primary';
  if (name === 'readconcernlevel') return !SAFE_READ_CONCERNS.includes(value);
  if (name === 'journal' || name === 'j') return value !== 'true';
  return STALE_READS.includes(name) || OTHER_TYPES.includes(name);
}
