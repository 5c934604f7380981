import { onTestFinished, vi, type Mock } from 'vitest';
import { HashQueueService } from '../../src/users/hash-queue.service.js';
import { PasswordHasherService } from '../../src/users/password-hasher.service.js';
import type { TestApp } from './test-app.js';

/** Counts password comparisons until the test ends. They still run. */
export function countHashes(app: TestApp): Mock<PasswordHasherService['verify']> {
  app.singleProcess('its hasher is counted');
  const verify = vi.spyOn(app.app.get(PasswordHasherService, { strict: false }), 'verify');
  onTestFinished(() => verify.mockRestore());
  return verify;
}

/** Holds each password before its comparison until `count` of them have arrived, so that their requests race from there. */
export function meetAtHash(app: TestApp, count: number): void {
  app.singleProcess('its hasher holds requests up');
  const hasher = app.app.get(PasswordHasherService, { strict: false });
  const verify = hasher.verify.bind(hasher);
  let letGo!: () => void;
  const allThere = new Promise<void>((resolve) => (letGo = resolve));
  let there = 0;
  const spy = vi.spyOn(hasher, 'verify').mockImplementation(async (...given) => {
    there += 1;
    if (there === count) letGo();
    await allThere;
    return verify(...given);
  });
  onTestFinished(() => spy.mockRestore());
}

/** Runs `happen` once, between the comparison of a correct password and the steps that follow. */
export function afterNextHash(app: TestApp, happen: () => Promise<unknown>): void {
  app.singleProcess('its hasher holds the sign-in up');
  const hasher = app.app.get(PasswordHasherService, { strict: false });
  const verify = hasher.verify.bind(hasher);
  const spy = vi.spyOn(hasher, 'verify').mockImplementationOnce(async (...given) => {
    const verdict = await verify(...given);
    spy.mockRestore();
    await happen();
    return verdict;
  });
}

/** Fills the queue of hashes until it rejects the next one. @returns a function that lets all of them complete */
export function holdHashes(app: TestApp): () => Promise<void> {
  app.singleProcess('its hashes are held');
  const queue = app.app.get(HashQueueService, { strict: false });
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const held: Promise<void>[] = [];
  try {
    for (;;) held.push(queue.run(() => ended));
  } catch {
    return async () => {
      end();
      await Promise.all(held);
    };
  }
}
