import { MongoInstance } from 'mongodb-memory-server-core';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { MongoClient } from 'mongodb';
import { findMongod } from '../../src/dev/mongod-binary.js';
import { becomePrimary } from '../../src/dev/replica-set.js';
import { memoryFolder } from './memory-folder.js';
import { freePort } from './ports.js';

const REPLICA_SET = 'rs0';
/** A small cache, and no collection of diagnostic data each second. */
const FRUGAL = ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'diagnosticDataCollectionEnabled=false'];

/** A mongod that a test can kill and start again with the same data and port. */
export class Mongod {
  private instance?: MongoInstance;

  private constructor(
    readonly port: number,
    readonly dataPath: string,
    private readonly args: string[],
  ) {}

  /** @param folder an empty folder for the data @param args additional arguments */
  static async create(folder?: string, args: string[] = []): Promise<Mongod> {
    return new Mongod(await freePort(), folder ?? (await memoryFolder()), args);
  }

  /** @param database any name: no other test uses this server */
  uri(database = 'app'): string {
    return `mongodb://127.0.0.1:${this.port}/${database}?replicaSet=${REPLICA_SET}`;
  }

  /** Starts it as a member of a larger set, without waiting for a primary. */
  async startMember(): Promise<void> {
    const { path, version } = await findMongod();
    this.instance = await MongoInstance.create({
      instance: {
        port: this.port,
        dbPath: this.dataPath,
        ip: '127.0.0.1',
        replSet: REPLICA_SET,
        storageEngine: 'wiredTiger',
        launchTimeout: 60_000,
        // Enables fail points, which make single commands fail.
        args: [...FRUGAL, '--setParameter', 'enableTestCommands=1', ...this.args],
      },
      binary: { systemBinary: path, version },
    });
  }

  async start(): Promise<void> {
    await this.startMember();
    await becomePrimary(this.port);
  }

  get running(): boolean {
    const child = this.instance?.mongodProcess;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** SIGKILL ends mongod like a power cut, without flushing; SIGTERM ends it cleanly. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.instance!.mongodProcess!;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async stop(): Promise<void> {
    if (this.running) await this.kill();
    await rm(this.dataPath, { recursive: true, force: true });
  }
}

/** Three members on loopback. An election takes one or two seconds. */
export async function startReplicaSet(): Promise<Mongod[]> {
  const members = await Promise.all([Mongod.create(), Mongod.create(), Mongod.create()]);
  await Promise.all(members.map((member) => member.startMember()));
  const client = await new MongoClient(`mongodb://127.0.0.1:${members[0].port}/?directConnection=true`).connect();
  await client.db('admin').command({
    replSetInitiate: {
      _id: REPLICA_SET,
      members: members.map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` })),
      settings: { electionTimeoutMillis: 1_000 },
    },
  });
  await client.close();
  const set = await new MongoClient(replicaSetUri(members, 'admin')).connect();
  await set.db().command({ ping: 1 });
  await set.close();
  return members;
}

export function replicaSetUri(members: Mongod[], database = 'app'): string {
  return `mongodb://${members.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${database}?replicaSet=${REPLICA_SET}`;
}
