import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './command.js';
import { terminal } from './terminal.js';

/**
 * Reads one line that nobody else is to see: asked for on a terminal without showing it, else the first line of stdin.
 * Never from the arguments, which every user of the machine can list.
 */
export async function promptPassword(prompt: string): Promise<string> {
  const { stdin, stderr } = terminal();
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden, terminal: stdin.isTTY });
  // Only now does the terminal show nothing of what is typed.
  if (stdin.isTTY) stderr.write(prompt);
  try {
    return await firstLine(lines);
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}

/** Twice on a terminal, where nobody sees what was typed. */
export async function readNewPassword(): Promise<string> {
  const password = await promptPassword('Password: ');
  if (!terminal().stdin.isTTY) return password;
  if ((await promptPassword('Once more: ')) !== password) throw new UsageError('The two passwords differ.');
  return password;
}

async function firstLine(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) return line;
  throw new UsageError('Nothing came on stdin.');
}
