import type { Command } from 'commander';
import { PasswordResetService } from '../../password-reset/password-reset.service.js';
import { ResetMailsService } from '../../password-reset/reset-mails.service.js';
import { userView } from '../../users/users.views.js';
import { findUser, withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';

export const userResetPassword = (): Command =>
  command(
    'reset-password',
    'print a one-time link that sets a new password, or the first one; the bare token without FRONTEND_URL',
    resetPassword,
  ).argument('<username>');

function resetPassword(username: string): Promise<Outcome> {
  return withApp(async (app, { frontendUrl }) => {
    const user = await findUser(app, username);
    const { token, expires } = await app.get(PasswordResetService, { strict: false }).createToken(user);
    const link = frontendUrl === '' ? undefined : app.get(ResetMailsService, { strict: false }).linkOf(token);
    const expiresAt = expires.toISOString();
    const json = { ...userView(user), token, ...(link && { link }), expiresAt };
    return { lines: [link ?? token, `Works once, until ${expiresAt}. Hand it over in private.`], json };
  });
}
