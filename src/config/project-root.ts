import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The folder of package.json, found by its import alias: built files are in other folders than their sources. */
export const PROJECT_ROOT = dirname(createRequire(import.meta.url).resolve('#package.json'));
