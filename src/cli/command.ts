import { Command } from 'commander';
import { ConfigError } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { terminal } from './terminal.js';

/** What a command has to say: to people line by line, to programs with --json. */
export interface Outcome {
  lines: string[];
  json: object;
  /** Something was looked at and is not right: exit code 1. */
  failed?: boolean;
}

/** What a person can do something about; `code` is for programs. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The command was given wrongly: exit code 2, like options that commander refuses. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super('usage', message);
  }
}

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** A command that has commands of its own; commander throws instead of ending the process. */
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
 * A command that does something. Its outcome, or its error, is printed in one place: results on stdout, what went wrong
 * on stderr, or all of it on stdout as one JSON object.
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
    return { code: 'settings', message: 'The settings are not usable:', details: error.problems };
  }
  if (error instanceof AppError) {
    const details = error.details.issues?.map(({ path, message }) => `${path}: ${message}`);
    return { code: error.code, message: error.message, ...(details && { details }) };
  }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
