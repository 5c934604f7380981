import type { Command } from 'commander';
import { newCommand } from '../command.js';
import { sessionList } from './session-list.js';
import { sessionRevoke } from './session-revoke.js';

export const session = (): Command =>
  newCommand('session', 'sessions of an account').addCommand(sessionList()).addCommand(sessionRevoke());
