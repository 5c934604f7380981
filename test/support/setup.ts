import 'reflect-metadata';
import { afterEach } from 'vitest';
import { takeUndocumented } from './documented-answers.js';

afterEach(() => {
  const undocumented = takeUndocumented();
  if (undocumented.length > 0) throw new Error(`The OpenAPI document does not promise:\n${undocumented.join('\n')}`);
});
