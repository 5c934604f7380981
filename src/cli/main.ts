import 'reflect-metadata';
import { CommanderError } from 'commander';
import { EXIT, newCommand } from './command.js';
import { doctor } from './doctor/doctor.command.js';
import { importTutorial } from './import-tutorial/import-tutorial.command.js';
import { session } from './session/session.js';
import { user } from './user/user.js';

/** `npm run cli -- …`: what an operator does beside the API, on the same settings and the same services. */
const program = newCommand('cli', 'Commands for operators. Exit codes: 0 done, 1 failed or not right, 2 wrong usage.')
  .addCommand(user())
  .addCommand(session())
  .addCommand(doctor())
  .addCommand(importTutorial());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
