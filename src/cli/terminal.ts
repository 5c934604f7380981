import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** Input and output of a command. Tests run commands in process, with a terminal of their own. */
export interface Terminal {
  /** The settings. @throws {ConfigError} if there is no database to connect to */
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
