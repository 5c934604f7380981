import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The folder of package.json, found by a name of its own: built code does not stand where its source does. */
export const PROJECT_ROOT = dirname(createRequire(import.meta.url).resolve('#package.json'));
