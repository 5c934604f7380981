import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger } from '../logging/logger.js';
import { terminalLog } from './terminal-log.js';

it('logs readable lines to a terminal', async () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const destination = await terminalLog(terminal);
  createLogger({ logLevel: 'info' }, destination).info({ event: 'sys_startup', password: 'secret' }, 'listening');
  const [chunk] = (await once(terminal, 'data')) as [Buffer];
  expect(chunk.toString()).toMatch(/^\S*\[\d\d:\d\d:\d\d\].*INFO.*listening/);
  expect(chunk.toString()).toContain('sys_startup');
  expect(chunk.toString()).not.toContain('secret');
});

it('keeps JSON lines if stdout is not a terminal', async () => {
  expect(await terminalLog(new PassThrough())).toBeUndefined();
});
