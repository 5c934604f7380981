import type { Command } from 'commander';
import { SecondFactorResetService } from '../../second-factor/second-factor-reset.service.js';
import { userView } from '../../users/users.views.js';
import { findUser, withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';

export const userResetSecondFactor = (): Command =>
  command(
    'reset-second-factor',
    'remove TOTP, recovery codes and passkeys of an account and end its sessions',
    reset,
  ).argument('<username>');

function reset(username: string): Promise<Outcome> {
  return withApp(async (app) => {
    const user = await findUser(app, username);
    const revokedSessions = await app.get(SecondFactorResetService, { strict: false }).reset(user);
    const json = { ...userView(user), revokedSessions };
    return { lines: [`Reset the second factor of ${user.username}. Sessions ended: ${revokedSessions}.`], json };
  });
}
