import type { Command } from 'commander';
import { AccountService } from '../../account/account.service.js';
import { findUser, withApp } from '../app-context.js';
import { command, UsageError, type Outcome } from '../command.js';

export const sessionRevoke = (): Command =>
  command('revoke', 'revoke one session of an account, or all of them', revoke)
    .argument('<username>')
    .option('--id <id>', 'the session, by the id that `session list` shows')
    .option('--all', 'all active sessions');

async function revoke(username: string, { id, all }: { id?: string; all?: boolean }): Promise<Outcome> {
  if ((id === undefined) === (all === undefined)) throw new UsageError('Give either --id or --all.');
  return withApp(async (app) => {
    const revoked = await app
      .get(AccountService, { strict: false })
      .revokeSessions(await findUser(app, username), id?.toLowerCase());
    return {
      lines: [`Revoked ${revoked.length} session${revoked.length === 1 ? '' : 's'}.`],
      json: { revoked },
    };
  });
}
