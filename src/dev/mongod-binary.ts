import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../config/startup-error.js';
import { mongodDownloads, type MongodDownload } from './mongod-downloads.js';

const OLDEST_MAJOR = 6;
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

export interface MongodBinary {
  path: string;
  version: string;
}

export interface FindMongodOptions {
  /** Read: MONGOMS_SYSTEM_BINARY, PATH, XDG_CACHE_HOME, and the proxy settings. */
  env?: NodeJS.ProcessEnv;
  onProgress?: (line: string) => void;
  /** Downloads to try if no mongod is installed or cached, best first. */
  downloads?: (env: NodeJS.ProcessEnv) => Promise<MongodDownload[]>;
}

/**
 * An installed mongod, else a cached one, else a downloaded one.
 * @throws if there is none; the message lists what was tried and the two remedies
 */
export async function findMongod(options: FindMongodOptions = {}): Promise<MongodBinary> {
  const { env = process.env, onProgress = () => {}, downloads = mongodDownloads } = options;
  if (env.MONGOMS_SYSTEM_BINARY) return chosenMongod(env.MONGOMS_SYSTEM_BINARY);

  const failures: string[] = [];
  const installed = await firstThatWorks(onPath(env), failures);
  if (installed) return installed;

  const cache = cacheFolder(env);
  const known = await downloads(env);
  const cached = await firstThatWorks(
    known.map(({ version }) => cachedPath(cache, version)),
    failures,
  );
  if (cached) return cached;

  for (const download of known) {
    try {
      return await fetchInto(cache, download, onProgress);
    } catch (error) {
      failures.push(`${download.name}: ${messageOf(error)}`);
    }
  }
  throw new StartupError(nothingFound(failures));
}

/** The developer asked for this mongod, so no other one may silently replace it. */
async function chosenMongod(path: string): Promise<MongodBinary> {
  try {
    return await inspect(path);
  } catch (error) {
    throw new StartupError(`MONGOMS_SYSTEM_BINARY does not name a usable mongod: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nest-session-auth');
}

function cachedPath(cache: string, version: string): string {
  return join(cache, `mongod-${version}`, 'mongod');
}

async function firstThatWorks(paths: string[], failures: string[]): Promise<MongodBinary | undefined> {
  for (const path of paths) {
    const exists = await stat(path).catch(() => undefined);
    if (!exists?.isFile()) continue;
    try {
      return await inspect(path);
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  return undefined;
}

/** A mongod that exists may still not run here: another libc, another processor, a partial file. */
async function inspect(path: string): Promise<MongodBinary> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 10_000 });
  const version = /^db version v(\d+\.\d+\.\d+)/m.exec(stdout)?.[1];
  if (!version) throw new Error(`${path} --version did not respond like mongod`);
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new Error(`${path} is MongoDB ${version}; ${OLDEST_MAJOR}.0 or later is needed`);
  }
  return { path, version };
}

/** Downloads into a separate folder, then renames: a killed or concurrent download leaves no partial file. */
async function fetchInto(
  cache: string,
  download: MongodDownload,
  onProgress: (line: string) => void,
): Promise<MongodBinary> {
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const partial = await mkdtemp(join(cache, 'partial-'));
  try {
    onProgress(`Fetching MongoDB ${download.version} (${download.megabytes} MB, once) ...`);
    const fetched = await download.fetch(partial);
    await chmod(fetched, 0o755);
    await inspect(fetched);
    const path = cachedPath(cache, download.version);
    await mkdir(join(path, '..'), { recursive: true });
    await rename(fetched, path);
    onProgress(`MongoDB ${download.version} is in ${path}`);
    return await inspect(path);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('partial-')) continue;
    const folder = join(cache, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}

function nothingFound(failures: string[]): string {
  return [
    'There is no MongoDB to start. Either set MONGODB_URI to a database that is running,',
    `or install mongod ${OLDEST_MAJOR}.0 or later (on the PATH, or named by MONGOMS_SYSTEM_BINARY).`,
    'No mongod on the PATH or in the cache folder works. What was tried:',
    ...failures.map((failure) => `  - ${failure}`),
  ].join('\n');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
