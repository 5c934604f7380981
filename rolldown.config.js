import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import { defineConfig } from 'rolldown';

/** Files of this project, and the helpers that its decorators are compiled to. */
const OWN = /^(\.|@oxc-project\/runtime\/)/;
/** Hundreds of small ES modules in each, which Node.js loads one by one: that is most of a start. */
const BUNDLED = /^(@nestjs|zod)(\/|$)/;

/**
 * dist/main.js, which production runs, in place of the compiler's: this project and the packages above in a few files.
 * All other packages are loaded as they are.
 */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: 'tsconfig.build.json',
  external(id, importer) {
    if (isAbsolute(id) || OWN.test(id)) return false;
    if (BUNDLED.test(id) && found(id, importer)) return false;
    return isTheSame(id, importer);
  },
  output: { dir: 'dist', chunkFileNames: 'chunks/[name].js', keepNames: true, sourcemap: true },
});

/** Whether dist/ would find the very file that `importer` does. What neither finds is optional, and not installed. */
function isTheSame(id, importer) {
  return found(id, importer) === found(id, import.meta.url);
}

function found(id, from) {
  try {
    return createRequire(from).resolve(id);
  } catch {
    return undefined;
  }
}
