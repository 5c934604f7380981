import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const VERSION = '4.32.5';
const FOLDER = resolve('node_modules/.cache', `schemathesis-${VERSION}`);
const PYTHON = process.env.PYTHON ?? 'python3';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
];
/** Bounds the run: a few hundred requests each. */
const BOUNDS = ['--phases=examples,coverage,fuzzing', '--max-examples=5', '--seed=1', '--request-timeout=10'];

/** It stays open. */
const STREAM = '/sessions/current/events';
/** What would end the session, beside it: the tool puts names, passwords and ids that it was told to use again. */
const ENDING = [STREAM, '/users/me', '/sessions', '/sessions/{id}', '/users/login', '/users/logout'];

async function python(...parameters: string[]): Promise<{ status: number | null; output: string }> {
  const env = { ...process.env, PYTHONPATH: FOLDER, PYTHONIOENCODING: 'utf-8', COLUMNS: '120' };
  // It leaves files behind in the folder where it runs.
  const child = spawn(PYTHON, parameters, { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  const status = new Promise<number | null>((done) => child.on('error', () => done(null)).on('close', done));
  const output = await Promise.all([text(child.stdout), text(child.stderr)]).catch(() => ['']);
  return { status: await status, output: output.join('') };
}

/** @returns why there is no schemathesis here; undefined when there is */
async function missing(): Promise<string | undefined> {
  if ((await python('--version')).status !== 0) return `${PYTHON} is not here`;
  if (!existsSync(resolve(FOLDER, 'schemathesis'))) {
    await mkdir(FOLDER, { recursive: true });
    await python('-m', 'pip', 'install', '--quiet', '--target', FOLDER, `schemathesis==${VERSION}`);
  }
  const { status } = await python('-m', 'schemathesis.cli', '--version');
  return status === 0 ? undefined : `schemathesis ${VERSION} cannot be installed by pip`;
}

describe('requests that schemathesis generates from the document', { timeout: 240_000 }, () => {
  let app: TestApp;
  let absent: string | undefined;
  beforeAll(async () => {
    absent = await missing();
    app = await startTestApp();
  }, 180_000);
  afterAll(() => app.close());

  /** @param sid the session cookie's value, for requests of an account @returns what it found; nothing if all went well */
  async function faults(sid: string | undefined, ...options: string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'));
    const config = join(folder, 'schemathesis.toml');
    await writeFile(config, sid === undefined ? '' : signedIn(sid));
    const what = ['run', `${app.url}/openapi.json`, `--checks=${CHECKS.join()}`, ...BOUNDS, ...options];
    const { status, output } = await python('-m', 'schemathesis.cli', `--config-file=${config}`, ...what);
    await rm(folder, { recursive: true });
    return status === 0 ? '' : output;
  }

  // Takes longer than 10 s: Schemathesis sends several hundred requests to every route.
  it('get no 5xx and no undocumented response as a guest', async (test) => {
    if (absent) test.skip(absent);
    expect(await faults(undefined, `--exclude-path=${STREAM}`)).toBe('');
  });

  it('get none as a signed-in user', async (test) => {
    if (absent) test.skip(absent);
    // Not the password of the document's examples: a right one gives the session a new id.
    const account = await signUp(app, { password: 'not the one of any example' });
    const { pair } = setCookie(await app.agent().post('/users/login').send(account).expect(200))!;
    const left = ENDING.map((path) => `--exclude-path=${path}`);
    expect(await faults(pair.slice('sid='.length), ...left)).toBe('');
    const still = await app.agent().get('/users/protected').set('Cookie', pair);
    expect(still.body).toMatchObject({ userName: account.username });
  });
});

/** Without methods that an address does not take: `DELETE /sessions/current` is none of them, and ends the session. */
function signedIn(sid: string): string {
  return `[auth.openapi.session]\napi_key = "${sid}"\n[phases.coverage]\nunexpected-methods = []\n`;
}
