import type { ChildProcess } from 'node:child_process';
import { BuiltApp } from './app-process.js';

export interface AppProcess {
  url: string;
  child: ChildProcess;
  /** Every line of its log so far, parsed. */
  readonly logs: Record<string, unknown>[];
  /** Sends the signal and resolves to the exit status, or to the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
  /** By SIGKILL, for tests about something else than the shutdown, which takes a second. */
  kill(): Promise<void>;
}

/**
 * The built app in a process of its own, listening.
 * @param entry relative to dist/
 * @throws with what it wrote, when it ends before it listens
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
