import { isUtf8 } from 'node:buffer';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './command.js';
import { terminal } from './terminal.js';

/**
 * Reads a secret: prompts for it on a terminal without echoing it, otherwise takes the first line of stdin. Never reads
 * it from the arguments, which every user of the machine can list. Node's readline does this in a few lines; a prompt
 * library would be one more dependency.
 * @throws {UsageError} when there is none, or when stdin is not UTF-8
 */
export async function promptPassword(prompt: string): Promise<string> {
  return terminal().stdin.isTTY ? promptFor(prompt) : firstLineOf(await bytesOfFirstLine());
}

/** Reads a new password: twice on a terminal, without echoing it; otherwise once from stdin. */
export async function readNewPassword(): Promise<string> {
  const password = await promptPassword('Password: ');
  if (!terminal().stdin.isTTY) return password;
  if ((await promptPassword('Repeat password: ')) !== password) throw new UsageError('The two passwords differ.');
  return password;
}

async function promptFor(prompt: string): Promise<string> {
  const { stdin, stderr } = terminal();
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden, terminal: true });
  // readline writes to `hidden`, so from here on the terminal shows nothing.
  stderr.write(prompt);
  try {
    for await (const line of lines) return line;
    throw new UsageError('Nothing was typed.');
  } finally {
    lines.close();
    stderr.write('\n');
  }
}

/**
 * Removes a byte order mark, which PowerShell and some editors write. Rejects other encodings, because they would change the
 * password; a zero byte indicates UTF-16 without a mark.
 */
function firstLineOf(bytes: Buffer): string {
  if (!isUtf8(bytes) || bytes.includes(0)) throw new UsageError('stdin must be text in UTF-8.');
  // Without `ignoreBOM`, the decoder removes the mark.
  return new TextDecoder('utf-8').decode(bytes).replace(/\r?\n$/, '');
}

const LINE_FEED = 0x0a;

/** Does not wait for the end of stdin: the program that writes to it may keep it open. */
async function bytesOfFirstLine(): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of terminal().stdin) {
    bytes = Buffer.concat([bytes, chunk as Buffer]);
    const end = bytes.indexOf(LINE_FEED);
    if (end !== -1) return bytes.subarray(0, end + 1);
  }
  if (bytes.length === 0) throw new UsageError('Nothing came on stdin.');
  return bytes;
}
