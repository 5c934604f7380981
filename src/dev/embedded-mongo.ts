import { MongoInstance } from 'mongodb-memory-server-core';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataFolder, processName } from './mongod-data-folder.js';
import { findMongod, type MongodBinary } from './mongod-binary.js';
import { becomePrimary, embeddedUri, REPLICA_SET } from './replica-set.js';

const LAUNCH_TIMEOUT_MS = 30_000;

export interface EmbeddedMongoOptions {
  /** The folder of persistent data. Without it, data are in a temporary folder that is removed at the end. */
  dbPath?: string;
  /** The preferred port; any free one if it is taken. */
  port?: number;
  onProgress?: (line: string) => void;
}

export interface EmbeddedMongo {
  uri: string;
  dataPath: string;
  stop(): Promise<void>;
}

/** A real mongod for development and tests: a replica set of one, on 127.0.0.1 only, without a password. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions = {}): Promise<EmbeddedMongo> {
  const { dbPath, onProgress = toStderr } = options;
  const binary = await findMongod({ onProgress });
  const dataPath = dbPath ? await claimDataFolder(dbPath) : await temporaryFolder();
  const release = () => (dbPath ? Promise.resolve() : rm(dataPath, { recursive: true, force: true }));
  try {
    const { mongod, port } = await launchOn(options.port, binary, dataPath);
    let stopping: Promise<void> | undefined;
    return { uri: embeddedUri(port), dataPath, stop: () => (stopping ??= mongod.stop().then(release)) };
  } catch (error) {
    await release();
    // Throws if another start has taken the folder meanwhile.
    if (dbPath) await claimDataFolder(dbPath);
    throw error;
  }
}

/** @param wanted the preferred port; another one is used if it is taken, or becomes taken before mongod opens it */
async function launchOn(wanted: number | undefined, binary: MongodBinary, dataPath: string) {
  const port = await freePort(wanted);
  try {
    return { port, mongod: await launch(binary, dataPath, port) };
  } catch (error) {
    if (wanted === undefined || !/already in use/.test(String(error))) throw error;
    return launchOn(undefined, binary, dataPath);
  }
}

async function launch({ path, version }: MongodBinary, dbPath: string, port: number): Promise<MongoInstance> {
  const mongod = await MongoInstance.create({
    instance: {
      port,
      dbPath,
      ip: '127.0.0.1',
      replSet: REPLICA_SET,
      storageEngine: 'wiredTiger',
      launchTimeout: LAUNCH_TIMEOUT_MS,
      // A small cache, and no collection of diagnostic data each second.
      args: ['--wiredTigerCacheSizeGB', '0.5', '--setParameter', 'diagnosticDataCollectionEnabled=false'],
    },
    binary: { systemBinary: path, version },
    // A process group of its own: Ctrl-C reaches only the app, which finishes requests in flight before it stops mongod.
    spawn: { argv0: processName, detached: true },
  });
  try {
    await becomePrimary(port);
    return mongod;
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}

/** This port, or any free one if it is taken or not given. */
async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  } catch (error) {
    if (wanted === 0) throw error;
    return await freePort();
  } finally {
    server.close();
  }
}

async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'session-auth-mongo-')));
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
