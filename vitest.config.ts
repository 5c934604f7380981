import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { redisIsMissing } from './test/support/redis-missing.js';
import { TestOrder } from './test/support/test-order.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many processes of the app respond to the requests of a test app, alternately. */
    processes: 1 | 2;
    /** Where test apps keep their sessions unless a test says so itself. */
    sessionStore: 'mongodb' | 'redis';
    /** How often a test repeats a proof: see `repeats`. */
    repeats: 'few' | 'many';
  }
}

/** What all projects share. */
const shared = {
  environment: 'node' as const,
  setupFiles: ['./test/support/setup.ts'],
  // Far more than a test needs: a busy machine makes a run slower, not red.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
  // Importing Nest and mongoose again for each file takes longer than its tests. A file must undo what it changes globally.
  isolate: false,
  // A shared machine may pause one of the processes that a test waits for; the output names tests that needed a second try.
  retry: process.env.CI ? 2 : 0,
};

/** Tests wait for other processes most of the time: two workers more than there are cores keep all cores busy. */
const maxWorkers = Math.min(availableParallelism() + 2, 8);

const e2e = (name: string): string => `test/e2e/${name}.e2e-spec.ts`;

/**
 * These test no state that a session store or another process could change: responses that depend on the request alone,
 * commands, documents, and apps that the tests start themselves.
 */
const STATELESS = [
  'aborted-requests',
  'app-origins',
  'cli-*',
  'cross-site',
  'database-commands',
  'docs',
  'error-size',
  'errors',
  'forwarded-headers',
  'hash-threads',
  'headers',
  'health',
  'keep-alive',
  'logs',
  'mail-delivery',
  'mailbox',
  'malformed-http',
  'metrics',
  'npm-start',
  'outbox',
  'page-size',
  'production',
  'request-bodies',
  'request-prototypes',
  'resource-limits',
  'second-factor-decorator',
  'session-store-contract',
  'settings',
  'shard-key',
  'slow-clients',
  'two-processes',
  'unread-responses',
  'unreadable-requests',
  'unsafe-get',
  'web-client',
];

/** They repeat some proofs more often in the slow tests. */
const REPEATING = [
  'test/chaos/database-killed.spec.ts',
  'test/contract/fuzz.spec.ts',
  ...[
    'brute-force',
    'malformed-http',
    'password-reset-race',
    'second-factor-guesses',
    'session-events',
    'session-lifecycle',
  ].map(e2e),
];

/** These need a calm machine, or compilers of other languages: `npm run test:proofs` runs them, `npm run check` does not. */
const PROOFS = [
  'test/slow/generated-clients.spec.ts',
  'test/slow/mails-survive-kills.spec.ts',
  'test/slow/password-reset-timing.spec.ts',
];

const missing = redisIsMissing();
if (missing) console.warn(`Tests with sessions in Redis are skipped, and "state" uses MongoDB: ${missing}`);

/** Applies where the command line has no --project. vitest reads it, but the type of this file lacks it. */
const byDefault = { project: ['tests'] };

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    maxWorkers,
    globalSetup: ['./test/support/global-setup.ts', './test/support/chromium.ts'],
    sequence: { sequencer: TestOrder },
    reporters: ['./test/support/run-reporter.ts'],
    ...byDefault,
    projects: [
      {
        test: {
          ...shared,
          name: 'tests',
          include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', e2e('*')],
          exclude: ['test/slow/**'],
          provide: { processes: 1, sessionStore: 'mongodb', repeats: 'few' },
        },
      },
      {
        test: {
          ...shared,
          name: 'slow',
          include: ['test/slow/**/*.spec.ts', ...REPEATING],
          exclude: [...PROOFS, '**/node_modules/**'],
          provide: { processes: 1, sessionStore: 'mongodb', repeats: 'many' },
        },
      },
      {
        test: {
          ...shared,
          name: 'proofs',
          include: PROOFS,
          provide: { processes: 1, sessionStore: 'mongodb', repeats: 'many' },
        },
      },
      {
        test: {
          ...shared,
          name: 'state',
          include: [e2e('*')],
          exclude: STATELESS.map(e2e),
          provide: { processes: 2, sessionStore: missing ? 'mongodb' : 'redis', repeats: 'few' },
        },
      },
    ],
  },
});
