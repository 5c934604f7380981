import 'reflect-metadata';
import { afterAll, afterEach, vi } from 'vitest';
import { killChildren } from './children.js';
import { takeUndocumented } from './openapi.check.js';
import { takeHeaderFaults } from './response-headers.check.js';
import { takeSecrets } from './secret-leak.check.js';

/** The findings of the checks of every response. */
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

// The next test file runs in this process too.
afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
