import type { Collection } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CollectionLostError, followChanges } from './mongo-revocation-stream.js';
import type { Stored } from './mongo-stored-session.js';

/** A change stream that returns these events, and then, like the driver after the server has closed it, null at once. */
function streamOf(...changes: object[]) {
  const state = { reads: 0, closed: false };
  const stream = {
    // A loop that never yields would hang the tests, so it ends here.
    tryNext: () =>
      ++state.reads > 100 ? Promise.reject(new Error('too many reads')) : Promise.resolve(changes.shift() ?? null),
    close: async () => void (state.closed = true),
  };
  return { state, sessions: { watch: () => stream } as unknown as Collection<Stored> };
}

const listener = { opened: async () => undefined, revoked: () => undefined };

it('pauses between reads of a stream that the server has closed', async () => {
  const { state, sessions } = streamOf();
  let needed = true;
  const followed = followChanges(sessions, () => needed, listener);
  await delay(100);
  expect(state.reads).toBeLessThan(10);
  expect(state.closed).toBe(false);
  needed = false;
  await followed;
  expect(state.closed).toBe(true);
});

it.each(['drop', 'rename', 'dropDatabase', 'invalidate'])('ends at once after the event %s', async (operationType) => {
  const { state, sessions } = streamOf({ operationType });
  await expect(followChanges(sessions, () => state.reads < 2, listener)).rejects.toThrow(CollectionLostError);
  expect(state).toEqual({ reads: 1, closed: true });
});
