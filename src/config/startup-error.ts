/** What keeps a server from starting and a person can put right: its message alone is printed, without a stack. */
export class StartupError extends Error {}

/** The end of a start that has failed. */
export function exitWithError(error: unknown): never {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
