import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mongodDownloads, type MongodDownload } from './mongod-downloads.js';

const URL_SETTING = 'MONGOMS_DOWNLOAD_URL';
const PINNED = 'mongodb-linux-x86_64-ubuntu2204-8.0.17.tgz';

describe('the official download of mongod', () => {
  let folder: string;
  let official: MongodDownload;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mongod-downloads-'));
    official = (await mongodDownloads({})).find(({ name }) => name.startsWith('official'))!;
  });
  afterEach(async () => {
    delete process.env[URL_SETTING];
    await rm(folder, { recursive: true, force: true });
  });

  /** An archive that is in the download folder already: the library does not download it again. */
  async function downloaded(name: string): Promise<void> {
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin/mongod'), '#!/bin/sh\necho "db version v8.0.17"\n', { mode: 0o755 });
    execFileSync('tar', ['-czf', join(folder, name), '-C', folder, 'bin']);
    await rm(join(folder, 'bin'), { recursive: true });
    process.env[URL_SETTING] = `https://mirror.example/linux/${name}`;
  }

  it('is rejected and not extracted if its SHA-256 is not the one in the source', async () => {
    await downloaded(PINNED);
    await expect(official.fetch(folder)).rejects.toThrow(`${PINNED} does not have the expected SHA-256`);
    expect(await readdir(folder)).toEqual([PINNED]);
  });

  it('is not attempted for an archive whose SHA-256 is not in the source', async () => {
    const other = PINNED.replace('8.0.17', '8.0.99');
    await downloaded(other);
    await expect(official.fetch(folder)).rejects.toThrow(`the SHA-256 of ${other} is not known`);
    expect(await readdir(folder)).toEqual([other]);
  });
});
