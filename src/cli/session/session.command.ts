import type { Command } from 'commander';
import { commandGroup } from '../command.js';
import { sessionList } from './session-list.command.js';
import { sessionRevoke } from './session-revoke.command.js';

export const session = (): Command =>
  commandGroup('session', 'sessions of an account').addCommand(sessionList()).addCommand(sessionRevoke());
