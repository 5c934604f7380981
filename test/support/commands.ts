import { watchCommands } from '../../src/database/command-timing.js';

/** Why an app whose commands are watched must be alone. */
export const COMMANDS_ARE_ITS_OWN = 'its connections tell which commands it sends';

/** @returns the names of the commands to MongoDB that end in this process while `work` runs */
export async function commandsDuring(work: () => PromiseLike<unknown>): Promise<string[]> {
  const names: string[] = [];
  // The app checks its indexes once a minute, whatever it is asked.
  const unwatch = watchCommands(({ command }) => command !== 'createIndexes' && names.push(command));
  try {
    await work();
  } finally {
    unwatch();
  }
  return names;
}
