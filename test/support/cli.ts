import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAtLast } from './children.js';
import { built } from './built.js';
import { testSettings } from './test-app.js';

interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface CliOptions {
  /** Instead of the settings of a test app, with nothing else from this process but PATH. */
  env?: NodeJS.ProcessEnv;
  /** What comes on stdin. */
  input?: string;
  /** The folder it is started in: one without .env and .data, unless told. */
  cwd?: string;
  /** Where the built app is, if not in dist/. */
  dist?: string;
}

/** Starts the built command as an operator would, in a process of its own. */
export function spawnCli(args: string[], options: CliOptions = {}): ChildProcess {
  const { env = testSettings(), cwd = tmpdir(), dist } = options;
  const main = dist === undefined ? built('cli/main.js') : join(dist, 'cli/main.js');
  return killAtLast(spawn(process.execPath, [main, ...args], { cwd, env: { PATH: process.env.PATH, ...env } }));
}

/** Runs a command to its end. */
export function runCli(args: string[], options: CliOptions = {}): Promise<CliRun> {
  const child = spawnCli(args, options);
  const output = { stdout: '', stderr: '' };
  child.stdout!.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin!.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
}

/** Runs a command with --json and parses what it says. */
export async function runCliJson(args: string[], options: CliOptions = {}): Promise<CliRun & { json: unknown }> {
  const run = await runCli([...args, '--json'], options);
  return { ...run, json: JSON.parse(run.stdout) as unknown };
}
