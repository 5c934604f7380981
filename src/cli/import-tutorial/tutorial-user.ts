import { ObjectId } from 'mongodb';
import { plainBcryptSupport } from '../../users/password-hasher.service.js';
import type { ImportedUser } from './user-importer.js';
import { normalEmail } from '../../users/email-address.js';
import { canonicalUsername, usernameIssues } from '../../users/username.js';

/** A document of the tutorial's app; its fields may have any type. */
export interface TutorialDocument {
  _id: unknown;
  username?: unknown;
  password?: unknown;
  /** The tutorial has none; many apps that grew out of it do. */
  email?: unknown;
  createdAt?: unknown;
}

export type Unusable = 'bad_id' | 'bad_username' | 'bad_email' | 'bad_password_hash' | 'unsupported_hash_cost';

/** The imported account, or why the document cannot be imported. */
export function fromTutorial(document: TutorialDocument): ImportedUser | Unusable {
  const { _id, username, password, createdAt, email: storedEmail } = document;
  if (!(_id instanceof ObjectId)) return 'bad_id';
  if (typeof username !== 'string') return 'bad_username';
  const canonical = canonicalUsername(username);
  if (usernameIssues(canonical).length > 0) return 'bad_username';
  const support = plainBcryptSupport(password);
  if (typeof password !== 'string' || support === 'no_bcrypt') return 'bad_password_hash';
  if (support === 'unsupported_cost') return 'unsupported_hash_cost';
  const email = emailOf(storedEmail);
  if (email === null) return 'bad_email';
  // The tutorial stores no creation time; the ObjectId contains it.
  const since = createdAt instanceof Date ? createdAt : _id.getTimestamp();
  return { _id, username: canonical, passwordHash: password, createdAt: since, ...(email && { email }) };
}

/** @returns undefined for an account without an email address; null for a value that is no email address */
function emailOf(value: unknown): string | undefined | null {
  if (value === undefined || value === null) return undefined;
  const email = typeof value === 'string' ? value.trim() : undefined;
  if (email === '') return undefined;
  return email !== undefined && normalEmail(email) !== undefined ? email : null;
}
