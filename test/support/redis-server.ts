import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { unusedPort } from './mongod.js';

/** Why nothing can be tested with Redis here; undefined where it can. */
export function redisIsMissing(): string | undefined {
  const { error, status } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  if (!error && status === 0) return undefined;
  return 'there is no redis-server on the PATH (Debian: apt-get install redis-server)';
}

/** A redis-server on loopback that a test may kill and start again on the same data and port. */
export class RedisServer {
  private child?: ChildProcess;

  private constructor(
    readonly port: number,
    private readonly dataPath: string,
  ) {}

  static async create(): Promise<RedisServer> {
    return new RedisServer(await unusedPort(), await mkdtemp(join(tmpdir(), 'session-auth-redis-')));
  }

  static async start(): Promise<RedisServer> {
    const server = await RedisServer.create();
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** As docs/operations.md wants it: what it acknowledges is on the disk. */
  async start(): Promise<void> {
    const settings = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.dataPath,
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn('redis-server', [...args, '--save', ''], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    let output = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ready to accept connections')) resolve();
      });
    });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`redis-server did not start: ${output}`)));
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
  }

  async command(words: string[]): Promise<void> {
    const client = await createClient({ url: this.url }).connect();
    await client.sendCommand(words);
    client.destroy();
  }

  /** As a power cut would. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.dataPath, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
  }
}
