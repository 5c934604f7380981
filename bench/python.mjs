import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where the environment notes what is installed in it. */
const NOTE = 'installed-requirements.txt';

/**
 * Installs the requirements into a virtual environment, unless they are there already.
 * @returns why that is not possible here, or undefined
 */
export async function preparePython(environment, requirementsFile) {
  const requirements = await readFile(requirementsFile, 'utf8');
  const note = join(environment, NOTE);
  if ((await readFile(note, 'utf8').catch(() => '')) === requirements) return undefined;
  try {
    await rm(environment, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', environment]);
    const arguments_ = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirementsFile];
    await run(join(environment, 'bin', 'python'), arguments_);
    await writeFile(note, requirements);
    return undefined;
  } catch (error) {
    return error.code === 'ENOENT' ? 'python3 is not installed' : lastLine(error.stderr ?? String(error));
  }
}

function lastLine(text) {
  return text.trim().split('\n').at(-1);
}
