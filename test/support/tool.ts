import { spawnSync } from 'node:child_process';

/**
 * Whether a program that a test needs is on the PATH.
 * @returns the reason to skip the test; undefined if the program runs
 */
export function missingTool(program: string, install: string, args = ['--version']): string | undefined {
  const { status } = spawnSync(program, args, { stdio: 'ignore' });
  return status === 0 ? undefined : `${program} ${args.join(' ')} does not run (${install})`;
}

/** Runs a program. @throws with its output, unless the exit status is 0 */
export function run(program: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error) throw error;
  const output = stdout + stderr;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${status}:\n${output}`);
  return output;
}
