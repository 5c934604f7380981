import type { Db } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { SCHEME } from '../../users/password-hasher.service.js';
import { failed, type Problem } from './check.types.js';

/** Milliseconds. No index helps: the check scans all accounts, a million in some seconds. */
const TIME_LIMIT_MS = 20_000;

/** Accounts whose password cannot be verified, because the settings lack the pepper of its hash. */
export async function pepperProblems(db: Db, { password }: AppConfig): Promise<Problem[]> {
  // The empty id means no pepper. Ids are letters, digits, - and _, so they need no escaping.
  const known = ['', ...password.peppers.map(({ id }) => id)].join('|');
  const unknown = { $regex: `^${SCHEME}:`, $not: { $regex: `^${SCHEME}:(${known}):` } };
  const pepper = { $arrayElemAt: [{ $split: ['$passwordHash', ':'] }, 1] };
  const counts = [
    { $match: { passwordHash: unknown } },
    { $group: { _id: pepper, accounts: { $sum: 1 } } },
    { $sort: { _id: 1 } },
  ];
  const found = db.collection('users').aggregate<Missing>(counts, { maxTimeMS: TIME_LIMIT_MS });
  return (await found.toArray()).map(missing);
}

interface Missing {
  /** The pepper's id. */
  _id: string;
  accounts: number;
}

const missing = ({ _id: pepper, accounts }: Missing): Problem =>
  failed(
    'pepper_missing',
    `${accounts} account${accounts === 1 ? ' has a hash' : 's have hashes'} made with the pepper ${pepper}, which PASSWORD_PEPPERS does not list`,
    'Add it again behind the newest one, under its id: until then these accounts cannot sign in with their passwords.',
  );
