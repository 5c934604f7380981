import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { killAtLast } from './children.js';
import { built, DIST } from './built.js';

/** The built app in a process of its own, with exactly the settings given here. */
export class BuiltApp {
  /** Everything written so far to stdout and stderr. */
  output = '';
  readonly pid: number;
  readonly child: ChildProcess;
  private readonly ended: Promise<number | NodeJS.Signals>;

  /** @param entry relative to dist/ @param stdout another place for the output; `output`, `logs` and `url` are then empty */
  constructor(entry: string, settings: NodeJS.ProcessEnv, cwd = DIST, stdout: 'pipe' | number = 'pipe') {
    const { PATH, HOME, XDG_CACHE_HOME, MONGOMS_SYSTEM_BINARY } = process.env;
    const env = { PATH, HOME, XDG_CACHE_HOME, MONGOMS_SYSTEM_BINARY, ...settings };
    const stdio: StdioOptions = ['ignore', stdout, 'pipe'];
    this.child = killAtLast(spawn(process.execPath, [built(entry)], { cwd, env, stdio }));
    this.pid = this.child.pid!;
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.ended = once(this.child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  }

  /** The parsed lines of its log so far. */
  get logs(): Record<string, unknown>[] {
    // The last line may be incomplete.
    const lines = this.output.split('\n').slice(0, -1);
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Its base URL, once it listens. @throws with the output, if it exits before */
  async url(): Promise<string> {
    const pattern = /(?:Listening on {2}|"url":")(http:\/\/[^\s"]+)/;
    for (;;) {
      const found = pattern.exec(this.output)?.[1];
      if (found) return found;
      const ended = await Promise.race([this.ended, once(this.child.stdout!, 'data')]);
      if (!Array.isArray(ended)) throw new Error(`it ended with ${ended}:\n${this.output}`);
    }
  }

  /** Sends the signal, if given. @returns the exit status, or the signal that ended the process */
  async exit(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    if (signal) this.child.kill(signal);
    return this.ended;
  }
}
