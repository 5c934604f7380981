import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import { defineConfig } from 'rolldown';

/** Files of this project, and the helpers that its decorators are compiled to. */
const OWN = /^(\.|@oxc-project\/runtime\/)/;
/** Each has hundreds of small ES modules. Node.js loads them one by one, which takes most of the start-up time. */
const BUNDLED = /^(@nestjs|zod)(\/|$)/;

/**
 * Replaces the compiler's dist/main.js and dist/cli/main.js by bundles of this project and the packages above. All other
 * packages are imported as they are. The bundles share no files, so that the server loads nothing of the commands.
 */
export default defineConfig([bundle('src/main.ts', 'dist'), bundle('src/cli/main.ts', 'dist/cli')]);

/** @param dir where the output goes */
function bundle(input, dir) {
  return {
    input,
    platform: 'node',
    tsconfig: 'tsconfig.build.json',
    external(id, importer) {
      if (isAbsolute(id) || OWN.test(id)) return false;
      if (BUNDLED.test(id) && found(id, importer)) return false;
      return isTheSame(id, importer);
    },
    output: { dir, chunkFileNames: 'chunks/[name].js', keepNames: true, sourcemap: true },
  };
}

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
