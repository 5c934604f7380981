import type { Command } from 'commander';
import { AccountService } from '../../account/account.service.js';
import { userView } from '../../users/users.views.js';
import { findUser, withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';

export const userDisable = (): Command =>
  command('disable', 'disable an account and revoke its sessions', disable).argument('<username>');

function disable(username: string): Promise<Outcome> {
  return withApp(async (app) => {
    const user = await findUser(app, username);
    await app.get(AccountService, { strict: false }).disable(user);
    const json = { ...userView(user), disabled: true };
    return { lines: [`Disabled ${user.username}.`], json };
  });
}
