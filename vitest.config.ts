import { defineConfig } from 'vitest/config';
import { redisIsMissing } from './test/support/redis-missing.js';

const resolve = { tsconfigPaths: true };
const common = {
  environment: 'node' as const,
  setupFiles: ['./test/support/setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Many tests wait for real processes; a shared machine may pause one of them. What fails twice is broken.
  retry: process.env.CI ? 1 : 0,
};
const E2E = 'test/e2e/*.e2e-spec.ts';

/** Every test, with sessions in MongoDB; those that go through the whole app once more, with sessions in Redis. */
const mongodb = {
  ...common,
  name: 'mongodb',
  include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', E2E],
  provide: { sessionStore: 'mongodb' as const },
};
const redis = { ...common, name: 'redis', include: [E2E], provide: { sessionStore: 'redis' as const } };

const missing = redisIsMissing();
if (missing) console.warn(`The tests with sessions in Redis are skipped: ${missing}`);

export default defineConfig({
  test: {
    globalSetup: ['./test/support/global-setup.ts', './test/support/chromium.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    projects: [mongodb, ...(missing ? [] : [redis])].map((test) => ({ resolve, test })),
  },
});
