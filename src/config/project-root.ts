import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The folder of package.json. Found by an import alias, because built files and sources are in different folders. */
export const PROJECT_ROOT = dirname(createRequire(import.meta.url).resolve('#package.json'));
