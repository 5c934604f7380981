import { CommanderError } from 'commander';
import { EXIT } from './command.js';
import { createProgram } from './program.js';
import { runOnTerminal, type Terminal } from './terminal.js';

/** Runs one command to its end. @param args without node and the script @returns the exit code */
export async function runCommand(args: string[], terminal: Terminal): Promise<number> {
  try {
    await runOnTerminal(terminal, () => createProgram().parseAsync(args, { from: 'user' }));
    return terminal.exitCode ?? EXIT.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}
