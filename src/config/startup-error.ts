/** A start-up failure that an operator can fix. Only its message is printed, without a stack. */
export class StartupError extends Error {}

/** Prints the error and exits with status 1. */
export function exitWithError(error: unknown): never {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
