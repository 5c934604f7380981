import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const run = promisify(execFile);

describe('the mobile-style client', () => {
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    app = await startTestApp();
    folder = await mkdtemp(join(tmpdir(), 'jar-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await app.close();
  });

  /** One start of the app, in a process of its own. */
  async function start(...parameters: string[]): Promise<string> {
    const env = { PATH: process.env.PATH, API_URL: app.url, COOKIE_JAR: join(folder, 'jar.json') };
    const { stdout } = await run(process.execPath, ['examples/mobile/app.js', ...parameters], { env });
    return stdout.trim();
  }

  it('is still signed in at its next start, with a cookie jar that only its user may read', async () => {
    const username = freshUsername();
    expect(await start('sign-up', username, PASSWORD)).toBe(`signed up as ${username}`);
    await expect(start('whoami')).rejects.toMatchObject({ stderr: 'not_signed_in\n', code: 1 });
    expect(await start('sign-in', username, PASSWORD)).toMatch(/^signed in until \d{4}-/);
    expect(await start('whoami')).toMatch(new RegExp(`^${username}, on `));
    expect((await stat(join(folder, 'jar.json'))).mode & 0o777).toBe(0o600);
    expect(await start('sign-out')).toBe('The user session has ended');
    await expect(start('whoami')).rejects.toMatchObject({ stderr: 'not_signed_in\n' });
  });

  it('reports which field was rejected, and why', async () => {
    const refused = start('sign-up', freshUsername(), 'short');
    await expect(refused).rejects.toMatchObject({ stderr: 'validation_failed; password: This value is too short.\n' });
  });
});
