import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, signInAt, signUpAt } from '../support/http.js';
import { freePort } from '../support/ports.js';
import { databaseUri } from '../support/test-app.js';
import { missingTool } from '../support/tool.js';

const exec = promisify(execFile);

/** An image that was built before: building one downloads base images. deploy/README.md has the commands. */
const { TEST_IMAGE: image, TEST_IMAGE_ENGINE = 'podman' } = process.env;
const [engine = '', ...options] = TEST_IMAGE_ENGINE.split(' ');
const missing = image ? missingTool(engine, 'or set TEST_IMAGE_ENGINE') : 'TEST_IMAGE names no image to run';

/** What compose.yaml and the Kubernetes manifests allow the container. */
const LIMITS = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--ulimit=nofile=4096:4096',
  '--ulimit=nproc=4096:4096',
];

describe('the image of deploy/Dockerfile', () => {
  const name = `session-auth-test-${process.pid}`;
  let container: ChildProcess | undefined;
  let url: string;

  beforeAll(async () => {
    if (missing) return;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const settings = {
      PORT: String(port),
      MONGODB_URI: databaseUri(),
      SESSION_SECRETS: 'a-production-secret-of-sufficient-length',
      COOKIE_SECURE: 'false',
      FRONTEND_URL: url,
      BCRYPT_COST: '10',
    };
    const environment = Object.entries(settings).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    const args = ['run', '--rm', '--name', name, '--network=host', ...LIMITS, ...environment, image!];
    container = spawn(engine, [...options, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: container.stdout! })) if (line.includes('"url":')) break;
    container.stdout!.resume();
  });
  afterAll(async () => {
    if (container?.exitCode === null) await run('kill', name);
  });

  const run = (...args: string[]) => exec(engine, [...options, ...args]);
  const inside = (...args: string[]) => run('exec', name, ...args);

  it('signs up, signs in and signs out as uid 65532 on a read-only root without capabilities', async ({ skip }) => {
    if (missing) skip(missing);
    const cookie = await signInAt(url, await signUpAt(url));
    expect((await ask(`${url}/users/me`, { cookie })).status).toBe(200);
    expect((await ask(`${url}/users/logout`, { method: 'POST', cookie })).status).toBe(200);
    expect((await ask(`${url}/users/me`, { cookie })).status).toBe(401);
    const report = `const { readFileSync, writeFileSync } = require('node:fs');
      let write = 'allowed';
      try { writeFileSync('/app/probe', '') } catch (error) { write = error.code }
      const capabilities = /CapEff:\\s*(\\w+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
      console.log(JSON.stringify({ uid: process.getuid(), write, capabilities }));`;
    const { stdout } = await inside('node', '-e', report);
    expect(JSON.parse(stdout)).toEqual({ uid: 65_532, write: 'EROFS', capabilities: '0'.repeat(16) });
  });

  it('passes its own health check, and exits with 0 on SIGTERM', async ({ skip }) => {
    if (missing) skip(missing);
    const [, probe] = /^HEALTHCHECK[^[]*CMD (\[.*\])$/m.exec(readFileSync('deploy/Dockerfile', 'utf8'))!;
    await inside(...(JSON.parse(probe!) as string[]));
    const exit = once(container!, 'exit');
    await run('kill', '--signal=TERM', name);
    expect(await exit).toEqual([0, null]);
  });
});
