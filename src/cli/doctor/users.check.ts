import type { Db } from 'mongodb';
import { failed, type Problem } from './check.types.js';

/** This app writes at least one of these into every account. Accounts of older versions can lack `credentialVersion`. */
const OWN_FIELDS = ['passwordHash', 'identities', 'credentialVersion'];

/** The tutorial's app stores its users in a collection of the same name, with other fields. */
export async function userProblems(db: Db): Promise<Problem[]> {
  const withoutOwnFields = Object.fromEntries(OWN_FIELDS.map((field) => [field, { $exists: false }]));
  const foreign = await db.collection('users').findOne(withoutOwnFields, { projection: { _id: 1 } });
  if (!foreign) return [];
  return [
    failed(
      'foreign_users',
      'users holds documents that another app wrote: none of them can sign in',
      'Give this app a database of its own and bring them over: npm run cli -- import-tutorial --from OLD_ADDRESS.',
    ),
  ];
}
