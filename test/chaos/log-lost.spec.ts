import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BuiltApp } from '../support/app-process.js';
import { ask, readiness, signInAt, signUpAt } from '../support/http.js';
import { freePort } from '../support/ports.js';
import { testSettings } from '../support/test-app.js';

/** Linux' device that is always full. */
const FULL = '/dev/full';

/** More lines than any buffer of the log keeps, and every one of them written or lost. */
async function serves(url: string): Promise<void> {
  const cookie = await signInAt(url, await signUpAt(url));
  for (let n = 0; n < 100; n += 1) expect((await ask(`${url}/users/protected`, { cookie })).status).toBe(200);
}

describe('a log that cannot be written', () => {
  it('responses continue after the reader of the log has exited', async () => {
    const app = new BuiltApp('main.js', testSettings());
    const url = await app.url();
    app.child.stdout!.destroy();
    await once(app.child.stdout!, 'close');
    await serves(url);
    expect(await app.exit('SIGTERM')).toBe(0);
  });

  it('responses continue while the disk of the log is full', async (test) => {
    const full = await open(FULL, 'w').catch((error: unknown) => test.skip(`there is no ${FULL}: ${String(error)}`));
    const port = await freePort();
    const app = new BuiltApp('main.js', testSettings({ PORT: String(port) }), undefined, full.fd);
    await full.close();
    const url = `http://127.0.0.1:${port}`;
    await expect.poll(() => readiness(url), { timeout: 20_000 }).toBe(200);
    await serves(url);
    expect(await app.exit('SIGTERM')).toBe(0);
  });
});
