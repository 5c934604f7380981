import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMongod } from './mongod-binary.js';
import type { MongodDownload } from './mongod-downloads.js';

describe('findMongod', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mongod-binary-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A program that responds to `--version` like mongod. */
  async function mongod(place: string, version = '8.0.17'): Promise<string> {
    return program(place, `echo "db version v${version}"`);
  }

  async function program(place: string, script: string): Promise<string> {
    const path = join(folder, place);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  function download(version: string, fetch = (place: string) => mongod(place, version)) {
    const fetched: string[] = [];
    const entry: MongodDownload = {
      name: `download of ${version}`,
      version,
      megabytes: 1,
      fetch: (place) => {
        fetched.push(version);
        return fetch(join(place.slice(folder.length), 'mongod'));
      },
    };
    return { entry, fetched };
  }

  const none = () => Promise.resolve([]);
  const env = (more: NodeJS.ProcessEnv = {}) => ({ XDG_CACHE_HOME: join(folder, 'cache'), PATH: '', ...more });
  const cached = (version: string) => `cache/nest-session-auth/mongod-${version}/mongod`;

  it('prefers the path in MONGOMS_SYSTEM_BINARY', async () => {
    const named = await mongod('named/mongod', '7.0.1');
    await mongod('bin/mongod');
    const settings = env({ MONGOMS_SYSTEM_BINARY: named, PATH: join(folder, 'bin') });
    expect(await findMongod({ env: settings, downloads: none })).toEqual({ path: named, version: '7.0.1' });
  });

  it('does not replace a configured binary that does not work', async () => {
    await mongod('bin/mongod');
    const settings = env({ MONGOMS_SYSTEM_BINARY: join(folder, 'gone'), PATH: join(folder, 'bin') });
    await expect(findMongod({ env: settings, downloads: none })).rejects.toThrow(/MONGOMS_SYSTEM_BINARY/);
  });

  it('takes the first on the PATH that works and is new enough', async () => {
    await program('broken/mongod', 'exit 1');
    await mongod('old/mongod', '5.0.9');
    const good = await mongod('good/mongod', '6.0.5');
    await mongod('later/mongod', '8.0.0');
    const PATH = ['broken', 'old', 'good', 'later'].map((name) => join(folder, name)).join(':');
    expect(await findMongod({ env: env({ PATH }), downloads: none })).toEqual({ path: good, version: '6.0.5' });
  });

  it('prefers the cache to a download', async () => {
    const path = await mongod(cached('6.0.5'), '6.0.5');
    const [first, second] = [download('8.0.17'), download('6.0.5')];
    const downloads = () => Promise.resolve([first.entry, second.entry]);
    expect(await findMongod({ env: env(), downloads })).toEqual({ path, version: '6.0.5' });
    expect([...first.fetched, ...second.fetched]).toEqual([]);
  });

  it('downloads the best available one into the cache, says so, and finds it there the next time', async () => {
    const failing = download('8.0.17', () => Promise.reject(new Error('no such host')));
    const working = download('6.0.5');
    const downloads = () => Promise.resolve([failing.entry, working.entry]);
    const lines: string[] = [];
    const found = await findMongod({ env: env(), downloads, onProgress: (line) => lines.push(line) });
    expect(found).toEqual({ path: join(folder, cached('6.0.5')), version: '6.0.5' });
    expect(lines[0]).toMatch(/^Fetching MongoDB 8\.0\.17/);
    expect(lines[1]).toMatch(/^Fetching MongoDB 6\.0\.5 \(1 MB, once\)/);
    expect(await findMongod({ env: env(), downloads })).toEqual(found);
    expect(working.fetched).toEqual(['6.0.5']);
    expect(await readdir(join(folder, 'cache/nest-session-auth'))).toEqual(['mongod-6.0.5']);
  });

  it('removes a download that does not run, and the remains of a killed one', async () => {
    const abandoned = join(folder, 'cache/nest-session-auth/partial-abandoned');
    await mkdir(abandoned, { recursive: true });
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(abandoned, yesterday, yesterday);
    const broken = download('8.0.17', (place) => program(place, 'exit 1'));
    const downloads = () => Promise.resolve([broken.entry]);
    await expect(findMongod({ env: env(), downloads })).rejects.toThrow(/There is no MongoDB to start/);
    expect(await readdir(join(folder, 'cache/nest-session-auth'))).toEqual([]);
  });

  it('reports what was tried and both remedies if there is none', async () => {
    await mongod('old/mongod', '4.4.0');
    const failing = download('8.0.17', () => Promise.reject(new Error('no such host')));
    const downloads = () => Promise.resolve([failing.entry]);
    const failure = await findMongod({ env: env({ PATH: join(folder, 'old') }), downloads }).catch(String);
    for (const part of ['MONGODB_URI', 'install mongod', 'is MongoDB 4.4.0', 'download of 8.0.17: no such host']) {
      expect(failure).toContain(part);
    }
  });
});
