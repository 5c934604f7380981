import { onTestFinished, vi, type Mock } from 'vitest';
import { HashQueueService } from '../../src/users/hash-queue.service.js';
import { PasswordHasherService } from '../../src/users/password-hasher.service.js';
import type { TestApp } from './test-app.js';

/** Counts the passwords that are compared until the test ends; each of them still is. */
export function countHashes(app: TestApp): Mock<PasswordHasherService['verify']> {
  app.alone('its hasher is counted');
  const verify = vi.spyOn(app.app.get(PasswordHasherService, { strict: false }), 'verify');
  onTestFinished(() => verify.mockRestore());
  return verify;
}

/** Holds passwords up, each before it is compared, until so many of them have come: whoever sent them races from there on. */
export function meetAtHash(app: TestApp, count: number): void {
  app.alone('its hasher holds requests up');
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

/** Lets something happen once, between a password that was found right and what follows from it. */
export function afterNextHash(app: TestApp, happen: () => Promise<unknown>): void {
  app.alone('its hasher holds the sign-in up');
  const hasher = app.app.get(PasswordHasherService, { strict: false });
  const verify = hasher.verify.bind(hasher);
  const spy = vi.spyOn(hasher, 'verify').mockImplementationOnce(async (...given) => {
    const verdict = await verify(...given);
    spy.mockRestore();
    await happen();
    return verdict;
  });
}

/** Fills the line of waiting hashes until it refuses the next. @returns what lets all of them end, and waits for that */
export function holdHashes(app: TestApp): () => Promise<void> {
  app.alone('its hashes are held');
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
