import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import passport from 'passport';
import { runCommand } from '../../src/cli/run-command.js';
import { built } from './built.js';
import { killAtLast } from './children.js';
import { testSettings } from './test-app.js';

interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface CliOptions {
  /** The environment, to which only PATH is added. The default is that of a test app. */
  env?: NodeJS.ProcessEnv;
  /** The contents of stdin. */
  input?: string | Buffer;
}

interface CliProcessOptions extends CliOptions {
  /** The working directory. The default has neither .env nor .data. */
  cwd?: string;
  /** The folder of the built app, if not dist/. */
  dist?: string;
}

/** Runs a command in this process. Use it unless the test is about the process itself. */
export async function runCli(args: string[], { env = testSettings(), input = '' }: CliOptions = {}): Promise<CliRun> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = Promise.all([text(stdout), text(stderr)]);
  const environment = async (): Promise<NodeJS.ProcessEnv> => env;
  const stdin = Readable.from(input.length === 0 ? [] : [Buffer.isBuffer(input) ? input : Buffer.from(input)]);
  const code = await keepingStrategies(() => runCommand(args, { environment, stdin, stdout, stderr }));
  for (const stream of [stdout, stderr]) stream.end();
  const [out, err] = await output;
  return { code, stdout: out, stderr: err };
}

/** Runs a command with --json and parses what it prints. */
export async function runCliJson(args: string[], options: CliOptions = {}): Promise<CliRun & { json: unknown }> {
  const run = await runCli([...args, '--json'], options);
  return { ...run, json: JSON.parse(run.stdout) as unknown };
}

/** Starts the built CLI in a process of its own, as an operator does. */
export function spawnCli(args: string[], options: CliProcessOptions = {}): ChildProcess {
  const { env = testSettings(), cwd = tmpdir(), dist } = options;
  const main = dist === undefined ? built('cli/main.js') : join(dist, 'cli/main.js');
  // Operators never set `test`; outside of production, a command uses the settings of `npm start`.
  const NODE_ENV = env.NODE_ENV === 'test' ? 'development' : env.NODE_ENV;
  const { PATH } = process.env;
  return killAtLast(spawn(process.execPath, [main, ...args], { cwd, env: { PATH, ...env, NODE_ENV } }));
}

/** Runs the built CLI in a process of its own. */
export async function runCliProcess(args: string[], options: CliProcessOptions = {}): Promise<CliRun> {
  const child = spawnCli(args, options);
  child.stdin!.end(options.input ?? '');
  const output = Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

type Strategies = Record<string, passport.Strategy>;
const registry = passport as unknown as { _strategies: Strategies };
let running = 0;
let before: Strategies = {};

/** A command starts an app, which registers its own strategy with the one passport of the process. */
async function keepingStrategies<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) before = { ...registry._strategies };
  try {
    return await work();
  } finally {
    if (--running === 0) registry._strategies = before;
  }
}
