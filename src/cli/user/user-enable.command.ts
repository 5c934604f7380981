import type { Command } from 'commander';
import { AccountService } from '../../account/account.service.js';
import { userView } from '../../users/users.views.js';
import { findUser, withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';

export const userEnable = (): Command =>
  command('enable', 'let a disabled account sign in again', enable).argument('<username>');

function enable(username: string): Promise<Outcome> {
  return withApp(async (app) => {
    const user = await findUser(app, username);
    await app.get(AccountService, { strict: false }).enable(user);
    const json = { ...userView(user), disabled: false };
    return { lines: [`Enabled ${user.username}.`], json };
  });
}
