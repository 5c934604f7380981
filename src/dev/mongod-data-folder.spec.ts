import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning } from '../../test/support/is-running.js';
import { claimDataFolder } from './mongod-data-folder.js';

/** Imitates mongod: a process with its name that runs until a signal, and then empties its lock file. */
const FAKE_MONGOD = `
  const { writeFileSync } = require('node:fs');
  const lock = process.argv[process.argv.indexOf('--dbpath') + 1] + '/mongod.lock';
  process.on('SIGTERM', () => { writeFileSync(lock, ''); process.exit(0); });
  writeFileSync(lock, String(process.pid));
  setInterval(() => {}, 1000);
  process.stdout.write('up ' + process.pid + ' ');
`;

/** Starts it and dies at once, as an app that is killed does. */
const KILLED_APP = `
  const { spawn } = require('node:child_process');
  const [script, ...args] = process.argv.slice(1);
  const child = spawn(process.execPath, ['-e', script, '--', ...args], {
    argv0: 'mongod-of-' + process.pid, detached: true, stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.once('data', (line) => process.stdout.write(line, () => process.kill(process.pid, 'SIGKILL')));
`;

describe('claimDataFolder', () => {
  let folder: string;
  const started: number[] = [];
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'data-folder-')));
  });
  afterEach(async () => {
    for (const pid of started.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function up(child: ChildProcess): Promise<number> {
    const line = await Promise.race([once(child.stdout!, 'data'), once(child.stdout!, 'end')]);
    const pid = Number(/up (\d+)/.exec(String(line))?.[1]);
    expect(pid).toBeGreaterThan(0);
    started.push(pid);
    return pid;
  }

  /** A mongod on the folder; `called` is the name in the process list. */
  function running(called: string): Promise<number> {
    const args = ['-e', FAKE_MONGOD, '--', '--dbpath', folder, '--port', '1'];
    return up(spawn(process.execPath, args, { argv0: called, stdio: ['ignore', 'pipe', 'ignore'] }));
  }

  it('creates a missing folder and returns its real path', async () => {
    const path = join(folder, 'new', 'mongo');
    expect(await claimDataFolder(path)).toBe(path);
    expect(await claimDataFolder(path)).toBe(path);
  });

  it('stops the mongod of a killed app', async () => {
    const args = ['-e', KILLED_APP, '--', FAKE_MONGOD, '--dbpath', folder, '--port', '1'];
    const app = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const gone = once(app, 'exit');
    const orphan = await up(app);
    await gone;
    expect(isRunning(orphan)).toBe(true);
    expect(await claimDataFolder(folder)).toBe(folder);
    await expect.poll(() => isRunning(orphan)).toBe(false);
    expect(await readFile(join(folder, 'mongod.lock'), 'utf8')).toBe('');
  });

  it('leaves the mongod of a running app, and names the process to stop', async () => {
    const mongod = await running(`mongod-of-${process.pid}`);
    await expect(claimDataFolder(folder)).rejects.toThrow(`in use by this app in process ${process.pid}`);
    expect(isRunning(mongod)).toBe(true);
  });

  it('leaves the mongod of another program alone', async () => {
    const mongod = await running('mongod');
    await expect(claimDataFolder(folder)).rejects.toThrow(`in use by another mongod (process ${mongod})`);
    expect(isRunning(mongod)).toBe(true);
  });

  it('ignores the lock of a mongod that has exited, and another program with its process id', async () => {
    await mkdir(folder, { recursive: true });
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    started.push(bystander.pid!);
    for (const lock of ['', '\n', 'nonsense', '999999999\n', `${bystander.pid}\n`]) {
      await writeFile(join(folder, 'mongod.lock'), lock);
      expect(await claimDataFolder(folder)).toBe(folder);
    }
    expect(isRunning(bystander.pid!)).toBe(true);
  });
});
