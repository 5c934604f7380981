import type { Db, ObjectId } from 'mongodb';
import { normalEmail } from '../../users/email-address.js';
import { canonicalUsername } from '../../users/username.js';
import { failed, type Problem } from './check.types.js';

/** Milliseconds. No index helps: the check scans all accounts, a million in some seconds. */
const TIME_LIMIT_MS = 20_000;
/** A name with only these characters is canonical under the rules of every version. */
const PLAIN = /^[a-z0-9._@+-]*$/;

/** An account whose stored username is not canonical under the current rules, so that no lookup finds it. */
export interface StaleUsername {
  _id: ObjectId;
  username: string;
}

/** Usernames and email addresses that a version with other rules stored. */
export async function storedKeyProblems(db: Db): Promise<Problem[]> {
  const usernames = await staleUsernames(db);
  const addresses = db.collection<{ _id: string }>('addresses').find({ _id: { $not: PLAIN } }, LIMITED);
  const staleAddresses = (await addresses.toArray()).filter(({ _id }) => normalEmail(_id) !== _id);
  return [
    ...(usernames.length > 0 ? [usernameProblem(usernames)] : []),
    ...(staleAddresses.length > 0 ? [addressProblem(staleAddresses.length)] : []),
  ];
}

export async function staleUsernames(db: Db): Promise<StaleUsername[]> {
  const unusual = { username: { $type: 'string', $not: PLAIN } } as const;
  const found = db.collection<StaleUsername>('users').find(unusual, LIMITED).project<StaleUsername>(NAMED);
  return (await found.toArray()).filter(({ username }) => canonicalUsername(username) !== username);
}

const LIMITED = { maxTimeMS: TIME_LIMIT_MS };
const NAMED = { username: 1 };

const usernameProblem = (stale: StaleUsername[]): Problem =>
  failed(
    'username_not_canonical',
    `Usernames of ${stale.length} accounts are in a spelling that no sign-in finds, such as that of ${String(stale[0]!._id)}`,
    'A version with other rules stored them. Run cli -- doctor --fix: it renames these accounts.',
  );
const addressProblem = (count: number): Problem =>
  failed(
    'address_not_canonical',
    `addresses holds ${count} email addresses in a spelling that no lookup finds`,
    'A version with other rules stored them. Remove them, and ask these users to verify their email addresses again.',
  );
