import type { Command } from 'commander';
import { newCommand } from '../command.js';
import { userCreate } from './user-create.js';
import { userDelete } from './user-delete.js';
import { userDisable } from './user-disable.js';
import { userEnable } from './user-enable.js';

export const user = (): Command =>
  newCommand('user', 'accounts')
    .addCommand(userCreate())
    .addCommand(userDisable())
    .addCommand(userEnable())
    .addCommand(userDelete());
