import { Command } from 'commander';
import { ConfigError } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { terminal } from './terminal.js';

/** The outcome of a command: lines for people, an object for programs (--json). */
export interface Outcome {
  lines: string[];
  json: object;
  /** A check failed: exit code 1. */
  failed?: boolean;
}

/** An error that the operator can fix; `code` is for programs. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Invalid arguments: exit code 2, like options that commander rejects. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super('usage', message);
  }
}

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** A group of commands. commander throws instead of exiting. */
export function commandGroup(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal().stdout.write(text),
      writeErr: (text) => terminal().stderr.write(text),
    });
}

/**
 * A command. Its outcome or error is printed here alone: results on stdout, errors on stderr, or everything on stdout as one
 * JSON object with --json. Not nest-commander: it starts the whole app even for --help.
 */
export function command(name: string, description: string, work: (...args: never[]) => Promise<Outcome>): Command {
  const leaf = commandGroup(name, description).option('--json', 'print one JSON object');
  return leaf.action(async (...args) => {
    const io = terminal();
    const json = leaf.opts<{ json?: boolean }>().json === true;
    try {
      const outcome = await work(...(args as never[]));
      io.stdout.write(json ? toJson(outcome.json) : outcome.lines.map((line) => `${line}\n`).join(''));
      io.exitCode = outcome.failed ? EXIT.failed : EXIT.ok;
    } catch (error) {
      const failure = describe(error);
      if (json) io.stdout.write(toJson({ error: failure }));
      else io.stderr.write(`${[failure.message, ...(failure.details ?? [])].join('\n  ')}\n`);
      io.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
    }
  });
}

interface Failure {
  code: string;
  message: string;
  details?: string[];
}

function describe(error: unknown): Failure {
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  if (error instanceof ConfigError) {
    return { code: 'settings', message: 'Invalid configuration:', details: error.problems };
  }
  if (error instanceof AppError) {
    const details = error.details.issues?.map(({ path, message }) => `${path}: ${message}`);
    return { code: error.code, message: error.message, ...(details && { details }) };
  }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
