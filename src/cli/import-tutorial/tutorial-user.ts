import { ObjectId } from 'mongodb';
import { plainBcryptSupport } from '../../users/password-hasher.service.js';
import type { ImportedUser } from './user-importer.js';
import { canonicalUsername, usernameIssues } from '../../users/username.js';

/** A document of the tutorial's app; what is really in there is not known until it is looked at. */
export interface TutorialDocument {
  _id: unknown;
  username?: unknown;
  password?: unknown;
  createdAt?: unknown;
}

export type Unusable = 'bad_id' | 'bad_username' | 'bad_password_hash' | 'unsupported_hash_cost';

/** The account it becomes, or why it cannot become one. */
export function fromTutorial(document: TutorialDocument): ImportedUser | Unusable {
  const { _id, username, password, createdAt } = document;
  if (!(_id instanceof ObjectId)) return 'bad_id';
  if (typeof username !== 'string') return 'bad_username';
  const canonical = canonicalUsername(username);
  if (usernameIssues(canonical).length > 0) return 'bad_username';
  const support = plainBcryptSupport(password);
  if (typeof password !== 'string' || support === 'no_bcrypt') return 'bad_password_hash';
  if (support === 'unsupported_cost') return 'unsupported_hash_cost';
  // The tutorial keeps no time, its ids do.
  const since = createdAt instanceof Date ? createdAt : _id.getTimestamp();
  return { _id, username: canonical, passwordHash: password, createdAt: since };
}
