import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { SessionReader } from '../store/session.reader.js';
import type { RevocationListener, SessionsRepository } from '../store/sessions.repository.js';
import { RevocationFeedService } from './revocation-feed.service.js';

/** A feed that watches so many sessions. Nothing is stored of them, so a read that is answered ends their streams. */
function watching(count: number) {
  const reads: (() => void)[] = [];
  const reader = { read: () => new Promise<null>((resolve) => reads.push(() => resolve(null))) };
  let listener: RevocationListener | undefined;
  const sessions = {
    followRevocations: (_needed: () => boolean, given: RevocationListener) => {
      listener = given;
      return new Promise<boolean>(() => undefined);
    },
  };
  const feed = new RevocationFeedService(sessions as unknown as SessionsRepository, reader as unknown as SessionReader);
  const ids = Array.from({ length: count }, (_, i) => `session-${i}`);
  const ended: string[] = [];
  for (const id of ids) feed.watch(id, () => ended.push(id));
  return { ids, ended, reads, listener: listener! };
}

it('reads sessions that are revoked together without waiting for one after the other', async () => {
  const { ids, ended, reads, listener } = watching(20);
  for (const id of ids) listener.revoked(id);
  expect(reads).toHaveLength(20);
  reads.forEach((answer) => answer());
  await turn();
  expect(ended).toEqual(ids);
});

it('re-checks thousands of sessions a hundred at a time', async () => {
  const { ended, reads, listener } = watching(250);
  const opened = listener.opened();
  for (const atOnce of [100, 100, 50]) {
    expect(reads).toHaveLength(atOnce);
    reads.splice(0).forEach((answer) => answer());
    await turn();
  }
  await opened;
  expect(ended).toHaveLength(250);
});

it('pauses before it subscribes again after an interruption', async () => {
  let attempts = 0;
  const sessions = {
    // A loop that never yields would hang the tests, so it ends here.
    followRevocations: () => {
      attempts += 1;
      return attempts > 100 ? new Promise<boolean>(() => undefined) : Promise.reject(new Error('interrupted'));
    },
  };
  const reader = { read: () => Promise.resolve(null) };
  const feed = new RevocationFeedService(sessions as unknown as SessionsRepository, reader as unknown as SessionReader);
  const stop = feed.watch('session', () => undefined);
  await delay(100);
  expect(attempts).toBeLessThan(10);
  await expect.poll(() => attempts).toBeGreaterThan(1);
  stop();
});
