import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DryMongoBinary } from 'mongodb-memory-server-core';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOfArchive } from './mongod-digests.js';
import { mongodDownloads } from './mongod-downloads.js';

const MIRROR = 'https://mirror.example/linux';
const PINNED = 'mongodb-linux-x86_64-ubuntu2204-8.0.17.tgz';

describe('the official download of mongod', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mongod-downloads-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Puts an archive into the download folder: the library does not download it again. @returns its name on this system */
  async function downloaded(version: string): Promise<string> {
    const options = await DryMongoBinary.generateOptions({ version });
    const name = await new MongoBinaryDownloadUrl(options).getArchiveName();
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin/mongod'), `#!/bin/sh\necho "db version v${version}"\n`, { mode: 0o755 });
    execFileSync('tar', ['-czf', join(folder, name), '-C', folder, 'bin']);
    await rm(join(folder, 'bin'), { recursive: true });
    return name;
  }

  it('is rejected and not extracted if its SHA-256 is not the one in the source', async () => {
    const official = (await mongodDownloads({})).find(({ name }) => name.startsWith('official'))!;
    const name = await downloaded(official.version);
    await expect(official.fetch(folder)).rejects.toThrow(/does not have the expected SHA-256|is not known/);
    expect(await readdir(folder)).toEqual([name]);
  });

  it('has one SHA-256 per archive, whichever mirror serves it', () => {
    expect(digestOfArchive(`${MIRROR}/${PINNED}`)).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOfArchive(`${MIRROR}/${PINNED}?x=1`)).toBe(digestOfArchive(`https://other.example/${PINNED}`));
  });

  it('is not attempted for an archive whose SHA-256 is not in the source', () => {
    const other = PINNED.replace('8.0.17', '8.0.99');
    expect(() => digestOfArchive(`${MIRROR}/${other}`)).toThrow(`the SHA-256 of ${other} is not known`);
  });
});
