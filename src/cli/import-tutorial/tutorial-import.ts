import type { Collection, FindCursor } from 'mongodb';
import type { ImportedUser, UserImporter } from './user-importer.js';
import type { Progress } from '../progress.js';
import { fromTutorial, type TutorialDocument, type Unusable } from './tutorial-user.js';

const BATCH = 500;

export interface Skipped {
  id: string;
  username: string;
  reason: Unusable | 'username_taken';
}

export interface ImportSummary {
  read: number;
  created: number;
  /** Imported before, or created here with the same id: unchanged. */
  present: number;
  skipped: Skipped[];
}

/**
 * Imports all users of the tutorial's app, oldest id first: of two names with one canonical form, the older account keeps it.
 * Skips users that cannot be imported. Every run reads all users and stores no position, so a run can always be repeated.
 */
export async function importUsers(
  source: Collection<TutorialDocument>,
  target: UserImporter,
  progress: Progress,
): Promise<ImportSummary> {
  const summary: ImportSummary = { read: 0, created: 0, present: 0, skipped: [] };
  const fields = { username: 1, password: 1, createdAt: 1, email: 1 };
  for await (const batch of inBatches(source.find({}, { projection: fields }).sort({ _id: 1 }))) {
    await importBatch(batch, target, summary);
    summary.read += batch.length;
    progress.advance(batch.length);
  }
  return summary;
}

async function* inBatches(cursor: FindCursor<TutorialDocument>): AsyncGenerator<TutorialDocument[]> {
  let batch: TutorialDocument[] = [];
  for await (const document of cursor) {
    batch.push(document);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function importBatch(batch: TutorialDocument[], target: UserImporter, summary: ImportSummary): Promise<void> {
  const usable: ImportedUser[] = [];
  for (const document of batch) {
    const user = fromTutorial(document);
    if (typeof user === 'string') summary.skipped.push(skipped(document, user));
    else usable.push(user);
  }
  const { created, present, taken } = await target.add(usable);
  summary.created += created;
  summary.present += present;
  const documentsById = new Map(batch.map((document) => [document._id, document]));
  summary.skipped.push(...taken.map(({ _id }) => skipped(documentsById.get(_id)!, 'username_taken')));
}

function skipped({ _id, username }: TutorialDocument, reason: Skipped['reason']): Skipped {
  return { id: String(_id), username: String(username).slice(0, 80), reason };
}
