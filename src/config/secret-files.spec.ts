import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './app.config.js';
import { replaceSecretFiles, SECRET_SETTINGS } from './secret-files.js';

const folder = mkdtempSync(join(tmpdir(), 'secret-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string | Buffer): string {
  const path = join(folder, String(Math.random()));
  writeFileSync(path, content);
  return path;
}

describe('secrets in files', () => {
  it.each(SECRET_SETTINGS)('%s can be read from a file, without surrounding white space', (name) => {
    const environment = { [`${name}_FILE`]: fileWith('  a secret, with a space\r\n') };
    expect(replaceSecretFiles(environment)).toEqual([]);
    expect(environment).toEqual({ [name]: 'a secret, with a space' });
  });

  it('reach the configuration like any other value', () => {
    const config = loadConfig({
      MONGODB_URI_FILE: fileWith('mongodb://127.0.0.1/app\n'),
      SESSION_SECRETS_FILE: fileWith(`${'1'.repeat(32)},${'2'.repeat(32)}\n`),
    });
    expect(config.mongodbUri).toBe('mongodb://127.0.0.1/app');
    expect(config.session.secrets).toEqual(['1'.repeat(32), '2'.repeat(32)]);
  });

  it('are checked like any other value, by the name of the setting', () => {
    const environment = { MONGODB_URI: 'mongodb://127.0.0.1/app', SESSION_SECRETS_FILE: fileWith('too short') };
    expect(() => loadConfig(environment)).toThrow(/SESSION_SECRETS must be a comma list/);
  });

  it.each([
    ['missing', () => join(folder, 'absent'), 'it cannot be read (ENOENT)'],
    ['a folder', () => folder, 'it cannot be read (EISDIR)'],
    ['empty', () => fileWith(' \n'), 'the file is empty'],
    ['no text', () => fileWith(Buffer.from([0xff, 0xfe, 0x31])), 'the file is not UTF-8 text'],
    ['too large', () => fileWith('x'.repeat(70_000)), 'the file is larger than 65536 bytes'],
  ])('stop the start with a line that names the setting if the file is %s', (_, path, why) => {
    const environment = { SESSION_SECRETS_FILE: path() };
    const line = `SESSION_SECRETS_FILE must name a file with the secret in it, but ${why}`;
    expect(() => loadConfig(environment)).toThrow(line);
    expect(() => loadConfig(environment)).not.toThrow(environment.SESSION_SECRETS_FILE);
  });

  it('stop the start if the setting itself is set as well', () => {
    const environment = { SESSION_SECRETS: '1'.repeat(32), SESSION_SECRETS_FILE: fileWith('2'.repeat(32)) };
    expect(() => loadConfig(environment)).toThrow('SESSION_SECRETS and SESSION_SECRETS_FILE are both set');
  });
});
