import 'reflect-metadata';
import { afterEach } from 'vitest';
import { takeUndocumented } from './documented-answers.js';
import { takeSecrets } from './secrets-in-answers.js';

afterEach(() => {
  const undocumented = takeUndocumented();
  if (undocumented.length > 0) throw new Error(`The OpenAPI document does not promise:\n${undocumented.join('\n')}`);
});

afterEach(() => {
  const secrets = takeSecrets();
  if (secrets.length > 0) throw new Error(`No answer may carry:\n${secrets.join('\n')}`);
});
