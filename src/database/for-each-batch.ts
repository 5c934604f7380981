import type { Collection, Document, Filter } from 'mongodb';

/** The largest documents, posts of 80 KB, make a batch of 40 MB: read and deleted long before a connection counts as silent. */
const BATCH_SIZE = 500;

/**
 * Writes to any number of documents, so many with each command that none is silent for longer than a connection may be.
 * @param write has to make the documents that it gets a filter of match no more
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
