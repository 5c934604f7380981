import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/test-app.js';

const run = promisify(execFile);
const NO_CURL = await run('curl', ['--version']).then(
  () => undefined,
  () => 'curl is not here',
);

describe('the curl tour', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('goes from signing up to the end of the account', async (test) => {
    if (NO_CURL) test.skip(NO_CURL);
    const { stdout } = await run('examples/curl/tour.sh', [app.url]);
    expect(stdout).toContain('The tour is complete');
    expect(await app.db.collection('users').countDocuments()).toBe(0);
  });

  it('stops at the first unexpected response', async (test) => {
    if (NO_CURL) test.skip(NO_CURL);
    await expect(run('examples/curl/tour.sh', [`${app.url}/nowhere`])).rejects.toMatchObject({
      stderr: 'expected 201\n',
    });
  });
});
