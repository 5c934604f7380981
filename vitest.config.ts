import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { redisIsMissing } from './test/support/redis-missing.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many processes of the app answer the requests to a test app, by turns. */
    processes: 1 | 2;
    /** Where test apps keep their sessions unless a test says so itself. */
    sessionStore: 'mongodb' | 'redis';
  }
}

/** What the tests below share, in whichever way they are run. */
const shared = {
  environment: 'node' as const,
  setupFiles: ['./test/support/setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What is waited for comes at once, unless the machine is slow.
  expect: { poll: { timeout: 10_000 } },
  // Importing Nest and mongoose again for each file takes longer than its tests. A file must undo what it changes globally.
  isolate: false,
};

/** Tests wait for real processes most of the time, so one worker more than there are cores keeps all cores busy. */
const maxWorkers = Math.min(availableParallelism() + 1, 8);

const e2e = (name: string): string => `test/e2e/${name}.e2e-spec.ts`;

/** Where the command line has no --project. The type of this file does not know that the option may stand here too. */
const unlessAsked = { project: ['one-process'] };

const redis = {
  test: {
    ...shared,
    name: 'redis',
    include: [e2e('*')],
    // They say themselves where sessions are.
    exclude: ['cli-doctor', 'hash-threads', 'npm-start', 'session-store-contract'].map(e2e),
    provide: { processes: 1 as const, sessionStore: 'redis' as const },
  },
};
const missing = redisIsMissing();
if (missing) console.warn(`The tests with sessions in Redis are skipped: ${missing}`);

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    maxWorkers,
    globalSetup: ['./test/support/global-setup.ts', './test/support/chromium.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    ...unlessAsked,
    projects: [
      {
        test: {
          ...shared,
          name: 'one-process',
          include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', e2e('*')],
          provide: { processes: 1, sessionStore: 'mongodb' },
        },
      },
      {
        test: {
          ...shared,
          name: 'two-processes',
          include: [e2e('*')],
          // They ask processes that they start themselves.
          exclude: ['cli-doctor', 'hash-threads', 'malformed-http', 'npm-start', 'production', 'two-processes'].map(
            e2e,
          ),
          provide: { processes: 2, sessionStore: 'mongodb' },
        },
      },
      ...(missing ? [] : [redis]),
    ],
  },
});
