import 'reflect-metadata';
import { commandEnvironment } from './environment.js';
import { runCommand } from './run-command.js';

const { stdin, stdout, stderr } = process;

// The reader of a pipe may exit first, as `head` does.
stdout.once('error', () => process.exit());

/** `npm run cli -- …`: what an operator does beside the API, on the same settings and the same services. */
const environment = commandEnvironment;
process.exitCode = await runCommand(process.argv.slice(2), { environment, stdin, stdout, stderr });
// A start that failed leaves connections that nothing can close.
stdout.write('', () => process.exit());
