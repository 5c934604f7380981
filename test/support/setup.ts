import 'reflect-metadata';
import { afterAll, afterEach } from 'vitest';
import { killChildren } from './children.js';
import { takeUndocumented } from './documented-answers.js';
import { takeHeaderFaults } from './promised-headers.js';
import { takeSecrets } from './secrets-in-answers.js';

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
