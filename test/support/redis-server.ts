import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createClient } from 'redis';
import { killAtLast } from './children.js';
import { memoryFolder } from './memory-folder.js';
import { freePort } from './ports.js';

/** A redis-server on loopback that a test can kill and start again with the same data and port. */
export class RedisServer {
  private child?: ChildProcess;

  private constructor(
    readonly port: number,
    private readonly dataPath: string,
  ) {}

  static async create(): Promise<RedisServer> {
    return new RedisServer(await freePort(), await memoryFolder());
  }

  /** Tries another port if one is in use: the bus of a cluster takes the port 10,000 above, which can be an ephemeral one. */
  static async start(more: string[] = []): Promise<RedisServer> {
    for (let attempt = 1; ; attempt++) {
      const server = await RedisServer.create();
      try {
        await server.start(more);
        return server;
      } catch (error) {
        await server.stop();
        if (attempt === 3 || !String(error).includes('Address already in use')) throw error;
      }
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** With the settings of docs/operations.md: acknowledged writes are on disk. */
  async start(more: string[] = []): Promise<void> {
    const settings = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.dataPath,
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const words = [...args, '--save', '', ...more];
    const child = killAtLast(spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] }));
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

  async info(section: string): Promise<string> {
    const client = await createClient({ url: this.url }).connect();
    const text = await client.info(section);
    client.destroy();
    return text;
  }

  /** Like a power cut. */
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
