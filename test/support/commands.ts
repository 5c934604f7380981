import { watchCommands } from '../../src/database/command-timing.js';

/** Why a test that counts commands needs a single process. */
export const COUNTS_COMMANDS = 'the test counts the commands of this process';

/** @returns the names of the MongoDB commands that complete in this process while `work` runs */
export async function commandsDuring(work: () => PromiseLike<unknown>): Promise<string[]> {
  const names: string[] = [];
  // The app checks its indexes once a minute, independent of requests.
  const unwatch = watchCommands(({ command }) => command !== 'createIndexes' && names.push(command));
  try {
    await work();
  } finally {
    unwatch();
  }
  return names;
}
