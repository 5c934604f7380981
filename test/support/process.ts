import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface AppProcess {
  url: string;
  child: ChildProcess;
  /** Every line of its log, parsed. */
  logs: Record<string, unknown>[];
  /** Sends the signal and resolves to the exit status, or to the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

/**
 * The built app as a process of its own: `node dist/main.js` unless `entry` names another one.
 * Resolves when it listens; rejects with what it wrote to stderr when it ends before that.
 */
export async function startProcess(environment: NodeJS.ProcessEnv, entry = 'dist/main.js'): Promise<AppProcess> {
  const inherited = { PATH: process.env.PATH, HOME: process.env.HOME, LD_PRELOAD: undefined };
  const child = spawn(process.execPath, [entry], { env: { ...inherited, ...environment } });
  const exited = once(child, 'exit').then(([status, signal]) => (status ?? signal) as number | string);
  const logs: Record<string, unknown>[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const url = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const entryOfLog = JSON.parse(line) as Record<string, unknown>;
      logs.push(entryOfLog);
      if (entryOfLog.event === 'sys_startup') resolve(String(entryOfLog.url));
    });
  });
  const early = exited.then((status) =>
    Promise.reject(new Error(`ended with ${status} before it listened: ${errors}`)),
  );
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> => {
    child.kill(signal);
    return exited;
  };
  return { url: await Promise.race([url, early]), child, logs, stop };
}
