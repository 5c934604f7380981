import type { Command } from 'commander';
import { sessionView, type SessionView } from '../../sessions/devices/session.views.js';
import { SessionsRepository } from '../../sessions/store/sessions.repository.js';
import { findUser, withApp } from '../app-context.js';
import { command, type Outcome } from '../command.js';

export const sessionList = (): Command =>
  command('list', 'the active sessions of an account, the newest sign-in first', list).argument('<username>');

function list(username: string): Promise<Outcome> {
  return withApp(async (app) => {
    const stored = await app.get(SessionsRepository, { strict: false }).listActive(await findUser(app, username));
    const items = stored.map((session) => sessionView(session));
    const lines = items.length > 0 ? items.map(line) : ['No active sessions.'];
    return { lines, json: { items } };
  });
}

const line = ({ id, lastSeenAt, idleExpiresAt, ip, device }: SessionView): string =>
  `${id}  last seen ${lastSeenAt}  ends ${idleExpiresAt}  ${ip}  ${device.label}`;
