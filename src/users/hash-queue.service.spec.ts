import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { HashQueueService } from './hash-queue.service.js';

const CORES = availableParallelism();

function queueWith(maxWait: string, cost = 12): HashQueueService {
  const settings = { NODE_ENV: 'test', MONGODB_URI: 'mongodb://x/y', SESSION_SECRETS: 's'.repeat(32) };
  return new HashQueueService(loadConfig({ ...settings, HASH_MAX_WAIT: maxWait, BCRYPT_COST: `${cost}` }));
}

/** Work that the test completes. */
function held(): { work: () => Promise<void>; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end: () => end() };
}

describe('HashQueueService', () => {
  it('runs at most one hash per core at a time, and completes all', async () => {
    const queue = queueWith('1h');
    let running = 0;
    let most = 0;
    const { work, end } = held();
    const all = Array.from({ length: CORES * 3 }, () =>
      queue.run(async () => {
        most = Math.max(most, ++running);
        await work();
        running -= 1;
      }),
    );
    expect(queue.state).toEqual({ waiting: CORES * 2, running: CORES });
    end();
    await Promise.all(all);
    expect(most).toBe(CORES);
    expect(queue.state).toEqual({ waiting: 0, running: 0 });
  });

  it('rejects at once a hash that would wait longer than HASH_MAX_WAIT, with Retry-After', async () => {
    const queue = queueWith('1s');
    const { work, end } = held();
    const taken: Promise<void>[] = [];
    let rejection: unknown;
    try {
      for (;;) taken.push(queue.run(work));
    } catch (error) {
      rejection = error;
    }
    expect(rejection).toBeInstanceOf(AppError);
    expect(rejection).toMatchObject({ code: 'overloaded', details: { retryAfterSeconds: 2 } });
    // Until one was measured a hash counts as 300 ms, so those that are waiting take a second of every core at most.
    expect(taken).toHaveLength(CORES + Math.floor((1_000 / 300) * CORES));
    end();
    await Promise.all(taken);
  });

  it('accepts a hash while a core is free, with any HASH_MAX_WAIT', async () => {
    const queue = queueWith('1s', 16);
    const { work, end } = held();
    const taken = Array.from({ length: CORES }, () => queue.run(work));
    expect(() => queue.run(work)).toThrow(AppError);
    end();
    await Promise.all(taken);
    await expect(queue.run(() => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('passes an error only to its caller', async () => {
    const queue = queueWith('1s');
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queue.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});
