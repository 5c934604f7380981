import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestDeadline } from './request-deadline.middleware.js';

const LIMIT_MS = 2_500;

describe('RequestDeadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const hash = () => new Promise<void>((resolve) => setTimeout(resolve, 60_000));

  it('expires after the time allowed for the database, without the time of other work', async () => {
    const expire = vi.fn<() => void>();
    const deadline = new RequestDeadline(expire);
    await vi.advanceTimersByTimeAsync(LIMIT_MS - 100);
    const done = deadline.pauseWhile(hash);
    await vi.advanceTimersByTimeAsync(60_000);
    await done;
    await vi.advanceTimersByTimeAsync(99);
    expect(expire).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(expire).toHaveBeenCalledOnce();
  });

  it('waits for optional work for half of the remaining time', async () => {
    const deadline = new RequestDeadline(vi.fn<() => void>());
    await vi.advanceTimersByTimeAsync(500);
    await deadline.waitBriefly(Promise.resolve());
    expect(vi.getTimerCount()).toBe(1);
    const waited = vi.fn<() => void>();
    void deadline.waitBriefly(hash()).then(waited);
    await vi.advanceTimersByTimeAsync(999);
    expect(waited).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(waited).toHaveBeenCalledOnce();
  });

  it('does not expire for a client that disconnected during other work', async () => {
    const expire = vi.fn<() => void>();
    const deadline = new RequestDeadline(expire);
    const done = deadline.pauseWhile(hash);
    deadline.end();
    await vi.advanceTimersByTimeAsync(60_000);
    await done;
    await vi.advanceTimersByTimeAsync(2 * LIMIT_MS);
    expect(expire).not.toHaveBeenCalled();
  });
});
