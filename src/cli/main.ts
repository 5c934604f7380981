import 'reflect-metadata';
import { CommanderError } from 'commander';
import { EXIT } from './command.js';
import { createProgram } from './program.js';

// A reader that has gone, as `head` does, wants no more.
process.stdout.once('error', () => process.exit());

/** `npm run cli -- …`: what an operator does beside the API, on the same settings and the same services. */
try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
// A start that failed leaves connections that nobody can close.
process.stdout.write('', () => process.exit());
