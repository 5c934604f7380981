import type { Command } from 'commander';
import { commandGroup } from '../command.js';
import { userCreate } from './user-create.command.js';
import { userDelete } from './user-delete.command.js';
import { userDisable } from './user-disable.command.js';
import { userResetPassword } from './user-reset-password.command.js';
import { userResetSecondFactor } from './user-reset-second-factor.command.js';
import { userEnable } from './user-enable.command.js';
import { userSetPassword } from './user-set-password.command.js';

export const user = (): Command =>
  commandGroup('user', 'accounts')
    .addCommand(userCreate())
    .addCommand(userSetPassword())
    .addCommand(userDisable())
    .addCommand(userEnable())
    .addCommand(userResetPassword())
    .addCommand(userResetSecondFactor())
    .addCommand(userDelete());
