import { defineConfig } from 'vitest/config';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many processes of the app answer the requests to a test app, by turns. */
    processes: 1 | 2;
  }
}

/** What the tests below share, in whichever way they are run. */
const shared = {
  environment: 'node' as const,
  setupFiles: ['./test/support/setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Many tests wait for real processes; a shared machine may pause one of them. What fails twice is broken.
  retry: process.env.CI ? 1 : 0,
};

const e2e = (name: string): string => `test/e2e/${name}.e2e-spec.ts`;

/** Where the command line has no --project. The type of this file does not know that the option may stand here too. */
const unlessAsked = { project: ['one-process'] };

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    globalSetup: ['./test/support/global-setup.ts', './test/support/chromium.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    ...unlessAsked,
    projects: [
      {
        test: {
          ...shared,
          name: 'one-process',
          include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', 'test/**/*.e2e-spec.ts'],
          provide: { processes: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'two-processes',
          include: ['test/e2e/*.e2e-spec.ts'],
          // They ask processes that they start themselves.
          exclude: ['cli-doctor', 'hash-threads', 'hostile', 'newcomer', 'production', 'two-processes'].map(e2e),
          provide: { processes: 2 },
        },
      },
    ],
  },
});
