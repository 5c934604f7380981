import 'reflect-metadata';
import { commandEnvironment } from './environment.js';
import { runCommand } from './run-command.js';

const { stdin, stdout, stderr } = process;

// The reader of a pipe may exit first, as `head` does.
stdout.once('error', () => process.exit());

/** `npm run cli -- …`: commands for operators, with the settings and services of the server. */
const environment = commandEnvironment;
process.exitCode = await runCommand(process.argv.slice(2), { environment, stdin, stdout, stderr });
// Exit explicitly: a failed start leaves connections that cannot be closed.
stdout.write('', () => process.exit());
