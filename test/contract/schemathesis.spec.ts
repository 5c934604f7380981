import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { takeUndocumented } from '../support/documented-answers.js';
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

async function python(...parameters: string[]): Promise<{ status: number | null; output: string }> {
  const env = { ...process.env, PYTHONPATH: FOLDER, PYTHONIOENCODING: 'utf-8', COLUMNS: '120' };
  const child = spawn(PYTHON, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] });
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

describe('requests that schemathesis makes up from the document', { timeout: 240_000 }, () => {
  let app: TestApp;
  let absent: string | undefined;
  beforeAll(async () => {
    absent = await missing();
    app = await startTestApp({ BODY_LIMIT: '64kb' });
  }, 180_000);
  afterAll(() => app.close());

  const run = (...options: string[]) =>
    python(
      '-m',
      'schemathesis.cli',
      'run',
      `${app.url}/openapi.json`,
      `--checks=${CHECKS.join()}`,
      ...BOUNDS,
      ...options,
    );

  it('meet no 5xx and no undocumented answer as a guest', async (test) => {
    if (absent) test.skip(absent);
    const { status, output } = await run();
    expect(status, output).toBe(0);
    expect(takeUndocumented()).toEqual([]);
  });

  it('meet none as a signed-in user', async (test) => {
    if (absent) test.skip(absent);
    const account = await signUp(app);
    const cookie = setCookie(await app.agent().post('/users/login').send(account).expect(200))!.pair;
    // What would end the session, and the stream that stays open.
    const left = ['/users/me', '/sessions', '/sessions/current/events', '/users/logout'].map(
      (path) => `--exclude-path=${path}`,
    );
    const { status, output } = await run(`--header=Cookie: ${cookie}`, ...left);
    expect(status, output).toBe(0);
  });
});
