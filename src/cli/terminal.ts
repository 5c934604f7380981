import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** What a command reads from and prints to. Tests run commands in their own process, on a terminal of their own. */
export interface Terminal {
  /** The settings. @throws {ConfigError} when there is no database to connect to */
  environment: () => Promise<NodeJS.ProcessEnv>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
  /** Set by the command. */
  exitCode?: number;
}

const storage = new AsyncLocalStorage<Terminal>();

/** The terminal of the running command. */
export function terminal(): Terminal {
  const current = storage.getStore();
  if (!current) throw new Error('No command is running');
  return current;
}

export function runOnTerminal<T>(current: Terminal, work: () => Promise<T>): Promise<T> {
  return storage.run(current, work);
}
