import 'reflect-metadata';
import { CommanderError } from 'commander';
import { EXIT } from './command.js';
import { createProgram } from './program.js';

/** `npm run cli -- …`: what an operator does beside the API, on the same settings and the same services. */
try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
