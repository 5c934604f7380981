import type { ChildProcess } from 'node:child_process';
import { BuiltApp } from './app-process.js';

export interface AppProcess {
  url: string;
  child: ChildProcess;
  /** The parsed lines of its log so far. */
  readonly logs: Record<string, unknown>[];
  /** Sends the signal. @returns the exit status, or the signal that ended the process */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
  /** Sends SIGKILL, for tests that are not about the shutdown, which takes a second. */
  kill(): Promise<void>;
}

/**
 * The built app in a process of its own, listening.
 * @param entry relative to dist/
 * @throws with the output, if it exits before it listens
 */
export async function startProcess(settings: NodeJS.ProcessEnv, entry = 'main.js'): Promise<AppProcess> {
  const app = new BuiltApp(entry, settings);
  return {
    url: await app.url(),
    child: app.child,
    get logs() {
      return app.logs;
    },
    stop: (signal = 'SIGTERM') => app.exit(signal),
    kill: async () => void (await app.exit('SIGKILL')),
  };
}
