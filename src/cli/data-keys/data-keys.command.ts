import type { Command } from 'commander';
import { DataKeysService } from '../../keys/data-keys.service.js';
import { ReencryptionService } from '../../second-factor/reencryption.service.js';
import { withApp } from '../app-context.js';
import { command, CommandError, commandGroup, type Outcome } from '../command.js';

export const dataKeys = (): Command =>
  commandGroup('data-keys', 'keys that encrypt secrets at rest').addCommand(
    command('reencrypt', 'encrypt every TOTP secret with the newest of DATA_KEYS', reencrypt),
  );

function reencrypt(): Promise<Outcome> {
  return withApp(async (app) => {
    const available = app.get(DataKeysService, { strict: false }).available;
    if (!available) throw new CommandError('no_data_keys', 'DATA_KEYS is not set.');
    const json = await app.get(ReencryptionService, { strict: false }).run();
    const lines = [`Encrypted again: ${json.reencrypted}.`];
    if (json.missing > 0) lines.push(`Not readable with the keys of DATA_KEYS: ${json.missing}.`);
    return { lines, json, failed: json.missing > 0 };
  });
}
