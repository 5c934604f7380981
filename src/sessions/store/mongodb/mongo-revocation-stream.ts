import type { ChangeStream, Collection } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import type { RevocationListener } from '../sessions.repository.js';
import type { Stored } from './mongo-stored-session.js';

/** Events after which the change stream of the collection ends. */
const ENDS_OF_THE_COLLECTION = ['drop', 'rename', 'dropDatabase', 'invalidate'];
const MAX_AWAIT_MS = 500;

interface Change {
  operationType: string;
  /** Absent if the event is about the collection. */
  documentKey?: { _id: string };
}

/**
 * Reports revoked sessions from a change stream while `needed` returns true. Closes the stream only between two reads: a
 * stream that is closed while it opens stays open on the server.
 * @throws {Error} if the collection is dropped, renamed or restored, which ends the stream
 */
export async function followChanges(
  sessions: Collection<Stored>,
  needed: () => boolean,
  listener: RevocationListener,
): Promise<void> {
  const stream = watchRevocations(sessions);
  try {
    // The stream is open from its first response on.
    let change = await stream.tryNext();
    await listener.opened();
    while (needed()) {
      if (change) await report(change, listener);
      change = await nextChange(stream);
    }
  } finally {
    await stream.close().catch(() => undefined);
  }
}

function watchRevocations(sessions: Collection<Stored>): ChangeStream<Stored, Change> {
  const ofOne = { operationType: 'update', 'updateDescription.updatedFields.revokedAt': { $exists: true } };
  const ofAnyKind = { operationType: { $in: ['delete', 'replace', ...ENDS_OF_THE_COLLECTION] } };
  return sessions.watch([{ $match: { $or: [ofOne, ofAnyKind] } }, { $project: { operationType: 1, documentKey: 1 } }], {
    maxAwaitTimeMS: MAX_AWAIT_MS,
  });
}

async function report({ operationType, documentKey }: Change, listener: RevocationListener): Promise<void> {
  if (documentKey) return listener.revoked(documentKey._id);
  throw new CollectionLostError(`the sessions collection was lost: ${operationType}`);
}

/**
 * The next event, or null after MAX_AWAIT_MS. After the server has closed the stream, the driver returns null at once and
 * forever; the pause keeps a loop around this call from starving the process.
 * @see https://github.com/votem/mongo-stream/issues/6
 */
async function nextChange(stream: ChangeStream<Stored, Change>): Promise<Change | null> {
  const start = performance.now();
  const change = await stream.tryNext();
  if (!change && performance.now() - start < MAX_AWAIT_MS / 2) await delay(MAX_AWAIT_MS, undefined, { ref: false });
  return change;
}

/** The collection was dropped, renamed or restored, and its indexes with it. */
export class CollectionLostError extends Error {}
