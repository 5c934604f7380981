import type { Command } from 'commander';
import { PasswordAssignmentService } from '../../account/password-assignment.service.js';
import { userView } from '../../users/users.views.js';
import { findUser, withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';
import { readNewPassword } from '../password-prompt.js';

export const userSetPassword = (): Command =>
  command('set-password', 'set a password and end all sessions; reads the password like create', setPassword).argument(
    '<username>',
  );

async function setPassword(username: string): Promise<Outcome> {
  const password = await readNewPassword();
  return withApp(async (app) => {
    const user = await findUser(app, username);
    const revokedSessions = await app.get(PasswordAssignmentService, { strict: false }).assign(user, password);
    const json = { ...userView(user), revokedSessions };
    return { lines: [`Set the password of ${user.username}. Sessions ended: ${revokedSessions}.`], json };
  });
}
