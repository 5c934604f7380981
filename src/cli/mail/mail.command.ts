import type { Command } from 'commander';
import { commandGroup } from '../command.js';
import { mailList } from './mail-list.command.js';
import { mailTest } from './mail-test.command.js';

export const mail = (): Command =>
  commandGroup('mail', 'mails that wait or were given up, and a test of the settings')
    .addCommand(mailList())
    .addCommand(mailTest());
