import type { Command } from 'commander';
import { commandGroup } from './command.js';
import { dataKeys } from './data-keys/data-keys.command.js';
import { doctor } from './doctor/doctor.command.js';
import { importTutorial } from './import-tutorial/import-tutorial.command.js';
import { mail } from './mail/mail.command.js';
import { session } from './session/session.command.js';
import { user } from './user/user.command.js';

/** All commands. A test compares docs/operations.md with this list. */
export const createProgram = (): Command =>
  commandGroup('cli', 'Commands for operators. Exit codes: 0 done, 1 failed or not right, 2 wrong usage.')
    .addCommand(user())
    .addCommand(session())
    .addCommand(mail())
    .addCommand(dataKeys())
    .addCommand(doctor())
    .addCommand(importTutorial());
