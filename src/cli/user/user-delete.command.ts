import type { Command } from 'commander';
import { AccountService } from '../../account/account.service.js';
import { userView } from '../../users/users.views.js';
import { findUser, withApp } from '../app-context.js';
import { command, UsageError, type Outcome } from '../command.js';

export const userDelete = (): Command =>
  command('delete', 'remove an account, its sessions, posts and history for good', remove)
    .argument('<username>')
    .option('--yes', 'really do it');

async function remove(username: string, { yes }: { yes?: boolean }): Promise<Outcome> {
  if (!yes) throw new UsageError('This cannot be undone. Add --yes to do it.');
  return withApp(async (app) => {
    const user = await findUser(app, username);
    await app.get(AccountService, { strict: false }).delete(user);
    const json = { ...userView(user), deleted: true };
    return { lines: [`Deleted ${user.username}.`], json };
  });
}
