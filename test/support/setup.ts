import 'reflect-metadata';
import { afterAll, afterEach, vi } from 'vitest';
import { killChildren } from './children.js';
import { takeUndocumented } from './openapi.check.js';
import { takeHeaderFaults } from './response-headers.check.js';
import { takeSecrets } from './secret-leak.check.js';

/** What those who look at every answer have found. */
const LOOKS: [complaint: string, take: () => string[]][] = [
  ['The OpenAPI document does not promise', takeUndocumented],
  ['No answer may carry', takeSecrets],
  ['No answer may have such headers', takeHeaderFaults],
];

for (const [complaint, take] of LOOKS) {
  afterEach(() => {
    const found = take();
    if (found.length > 0) throw new Error(`${complaint}:\n${found.join('\n')}`);
  });
}

afterAll(killChildren);

// The next file of tests runs in this process, too.
afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
