import type { Db } from 'mongodb';
import { failed, type Problem } from './check.types.js';

/** The tutorial's app stores its users in a collection of the same name, with other fields. */
export async function userProblems(db: Db): Promise<Problem[]> {
  const foreign = await db
    .collection('users')
    .findOne({ passwordHash: { $exists: false }, identities: { $exists: false } }, { projection: { _id: 1 } });
  if (!foreign) return [];
  return [
    failed(
      'foreign_users',
      'users holds documents without passwordHash, which another app wrote: none of them can sign in',
      'Give this app a database of its own and bring them over: npm run cli -- import-tutorial --from OLD_ADDRESS.',
    ),
  ];
}
