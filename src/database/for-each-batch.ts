import type { Collection, Document, Filter } from 'mongodb';

/** With the largest documents, posts of 80 KB, a batch has 40 MB, which MongoDB deletes well within the command timeout. */
const BATCH_SIZE = 500;

/**
 * Writes to any number of documents in batches, so that no command exceeds its timeout.
 * @param write changes the documents that its filter selects, so that they no longer match
 */
export async function forEachBatch<T extends Document>(
  collection: Collection<T>,
  filter: Filter<T>,
  write: (batch: Filter<T>) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const found = await collection
      .find(filter, { projection: { _id: 1 } })
      .limit(BATCH_SIZE)
      .toArray();
    if (found.length === 0) return;
    const ids = found.map(({ _id }) => _id);
    await write({ _id: { $in: ids } } as Filter<T>);
    if (found.length < BATCH_SIZE) return;
  }
}
