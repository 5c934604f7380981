import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD, type Credentials } from '../support/accounts.js';
import { ask, readiness, signInAt, signUpAt } from '../support/http.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { testSettings } from '../support/test-app.js';

/** Below /usr/lib, where Debian has a folder for each kind of machine, or /usr/lib64. */
const LIBRARY = ['/usr/lib64', '/usr/lib', ...subfolders('/usr/lib')]
  .map((folder) => join(folder, 'faketime/libfaketime.so.1'))
  .find((path) => existsSync(path));

function subfolders(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

describe('clock jumps', () => {
  let folder: string;
  let app: AppProcess;
  let account: Credentials;
  const absent = LIBRARY ? undefined : 'there is no libfaketime below /usr/lib (Debian: apt-get install faketime)';

  beforeAll(async () => {
    if (absent) return;
    folder = await mkdtemp(join(tmpdir(), 'session-auth-clock-'));
    await setClock('+0');
    app = await startProcess(
      testSettings({
        LD_PRELOAD: LIBRARY,
        FAKETIME_TIMESTAMP_FILE: clockFile(),
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        SESSION_IDLE_TIMEOUT: '1h',
        SESSION_ABSOLUTE_TIMEOUT: '2h',
        SESSION_TOUCH_INTERVAL: '1s',
        SIGNUP_RATE_PER_IP: '2/1m',
      }),
    );
    account = await signUpAt(app.url);
  });
  afterAll(async () => {
    if (absent) return;
    await app?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const clockFile = () => join(folder, 'clock');
  const setClock = (offset: string) => writeFile(clockFile(), `${offset}\n`);

  async function signIn(): Promise<() => Promise<string>> {
    const cookie = await signInAt(app.url, account);
    return async () => {
      const { status, body } = await ask(`${app.url}/users/protected`, { cookie });
      return status === 200 ? 'live' : String(body.code);
    };
  }

  it('sessions end at both deadlines, and use moves only the idle deadline', async (test) => {
    if (absent) test.skip(absent);
    await setClock('+0');
    const state = await signIn();
    await setClock('+50m');
    expect(await state()).toBe('live');
    await setClock('+100m');
    expect(await state()).toBe('live');
    await setClock('+121m');
    expect(await state()).toBe('session_lifetime_exceeded');
    await setClock('+0');
    const unused = await signIn();
    await setClock('+61m');
    expect(await unused()).toBe('session_idle_timeout');
  });

  it('after a jump back, no session outlasts its absolute timeout and no response is 5xx', async (test) => {
    if (absent) test.skip(absent);
    await setClock('+0');
    const state = await signIn();
    await setClock('-2h');
    expect(await state()).toBe('live');
    const fresh = await signIn();
    expect(await fresh()).toBe('live');
    await setClock('+10h');
    expect(await state()).toBe('session_lifetime_exceeded');
    expect(await fresh()).toBe('session_lifetime_exceeded');
    expect(await (await signIn())()).toBe('live');
    await setClock('+0');
    // Made two hours back, to last for two.
    expect(await fresh()).toBe('session_lifetime_exceeded');
    expect(await (await signIn())()).toBe('live');
    expect(await readiness(app.url)).toBe(200);
    expect(app.logs.filter(({ code }) => code === 'internal_error')).toEqual([]);
  });

  it('after a jump back, no client waits for a rate-limit window that is now in the future', async (test) => {
    if (absent) test.skip(absent);
    const signUp = async () => {
      const body = { username: freshUsername(), password: PASSWORD };
      return (await ask(`${app.url}/users/signup`, { body })).status;
    };
    await setClock('+20h');
    expect([await signUp(), await signUp(), await signUp()]).toEqual([201, 201, 429]);
    await setClock('+0');
    expect([await signUp(), await signUp(), await signUp()]).toEqual([201, 201, 429]);
  });
});
