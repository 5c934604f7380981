import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { LaunchOptions } from 'playwright-core';

const run = promisify(execFile);

/** The package holds a build for Linux on x64 only. */
const IS_IN_PACKAGE = process.platform === 'linux' && process.arch === 'x64';
const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8')) as {
  version: string;
};
const FOLDER = resolve('node_modules/.cache', `chromium-${version}`);
const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";

/**
 * Before the first test: unpacks the Chromium of the npm package, once. It does so into the folder for temporary files, which is another one
 * here, so that nobody meets a file that is half there; and with the libraries that a bare system lacks, if it believes
 * to run on such a one.
 */
export default async function unpackChromium(): Promise<void> {
  if (!IS_IN_PACKAGE || existsSync(FOLDER)) return;
  await mkdir(dirname(FOLDER), { recursive: true });
  const unpacked = await mkdtemp(`${FOLDER}-`);
  const env = { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await run(process.execPath, ['--input-type=module', '-e', UNPACK], { env });
  // Another run may have been faster.
  await rename(unpacked, FOLDER).catch(() => rm(unpacked, { recursive: true }));
}

/** How Playwright starts it; elsewhere, the Chrome that is installed. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  if (!IS_IN_PACKAGE) return { channel: 'chrome' };
  const executablePath = join(FOLDER, 'chromium');
  const { stdout } = await run('ldd', [executablePath]);
  if (!stdout.includes('not found')) return { executablePath };
  const bundled = { LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib'), FONTCONFIG_PATH: join(FOLDER, 'fonts') };
  return { executablePath, env: { ...process.env, ...bundled } };
}
