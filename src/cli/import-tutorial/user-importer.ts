import { MongoBulkWriteError, type AnyBulkWriteOperation, type Collection, type ObjectId } from 'mongodb';
import { commandTimeout } from '../../database/database.options.js';
import { DatabaseService } from '../../database/database.service.js';
import { DUPLICATE_KEY, isDuplicateKey } from '../../database/mongo-errors.js';
import { NEW_ACCOUNT, type User } from '../../users/user.schema.js';

/** A bulk write may wait longer for a majority than a request. */
const BATCH_TIMEOUT_MS = 60_000;

/** A checked account of another app: canonical name, plain bcrypt hash, unverified email address. */
export interface ImportedUser {
  _id: ObjectId;
  username: string;
  passwordHash: string;
  createdAt: Date;
  /** Stored without `emailVerifiedAt`: the owner verifies it here, even if the other app had verified it. */
  email?: string;
}

export interface ImportedBatch {
  created: number;
  /** Ids that exist here already: unchanged. */
  present: number;
  /** Users whose name belongs to another account. */
  taken: ImportedUser[];
}

/** Imports accounts with their old ids. Existing accounts are never changed, so an import can be repeated. */
export class UserImporter {
  constructor(private readonly database: DatabaseService) {}

  async add(batch: ImportedUser[]): Promise<ImportedBatch> {
    if (batch.length === 0) return { created: 0, present: 0, taken: [] };
    const { created, rejected } = await this.write(batch.map(insertion));
    const existing = await this.idsOf(rejected.map((index) => batch[index]!._id));
    // A rejected user whose id exists was inserted by a concurrent import; the other names are taken.
    const taken = rejected.map((index) => batch[index]!).filter(({ _id }) => !existing.has(_id.toHexString()));
    return { created, present: batch.length - created - taken.length, taken };
  }

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }

  /** @returns the number of created accounts, and the indexes in the batch that a unique index rejected */
  private async write(operations: AnyBulkWriteOperation<User>[]): Promise<{ created: number; rejected: number[] }> {
    const writeConcern = { w: 'majority', journal: true, wtimeoutMS: BATCH_TIMEOUT_MS } as const;
    try {
      const options = { ordered: false, writeConcern, ...commandTimeout(BATCH_TIMEOUT_MS) };
      const { upsertedCount } = await this.users.bulkWrite(operations, options);
      return { created: upsertedCount, rejected: [] };
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error)) throw error;
      const rejected = [error.writeErrors].flat();
      if (!rejected.every(({ code }) => code === DUPLICATE_KEY)) throw error;
      return { created: error.upsertedCount, rejected: rejected.map(({ index }) => index) };
    }
  }

  private async idsOf(ids: ObjectId[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const found = await this.users.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
    return new Set(found.map(({ _id }) => _id.toHexString()));
  }
}

function insertion({ _id, ...rest }: ImportedUser): AnyBulkWriteOperation<User> {
  const account = { ...rest, ...NEW_ACCOUNT, updatedAt: new Date() };
  return { updateOne: { filter: { _id }, update: { $setOnInsert: account }, upsert: true } };
}
