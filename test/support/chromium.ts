import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { LaunchOptions } from 'playwright-core';

const run = promisify(execFile);

/** The package contains a build for Linux on x64 only. */
const IS_IN_PACKAGE = process.platform === 'linux' && process.arch === 'x64';
const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8')) as {
  version: string;
};
const FOLDER = resolve('node_modules/.cache', `chromium-${version}`);
const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";

/**
 * Unpacks the Chromium of the npm package before the first test, with the libraries that a minimal system lacks. Unpacks into a
 * separate folder first, so that a parallel run never sees incomplete files.
 */
export default async function unpackChromium(): Promise<void> {
  if (!IS_IN_PACKAGE || existsSync(FOLDER)) return;
  await mkdir(dirname(FOLDER), { recursive: true });
  const unpacked = await mkdtemp(`${FOLDER}-`);
  const env = { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await run(process.execPath, ['--input-type=module', '-e', UNPACK], { env });
  // A parallel run may have been faster.
  await rename(unpacked, FOLDER).catch(() => rm(unpacked, { recursive: true }));
}

/** Options of Playwright for this Chromium; on other platforms, for the installed Chrome. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  if (!IS_IN_PACKAGE) return { channel: 'chrome' };
  const executablePath = join(FOLDER, 'chromium');
  const { stdout } = await run('ldd', [executablePath]);
  if (!stdout.includes('not found')) return { executablePath };
  const bundled = { LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib'), FONTCONFIG_PATH: join(FOLDER, 'fonts') };
  return { executablePath, env: { ...process.env, ...bundled } };
}
