import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    environment: 'node',
    setupFiles: ['./test/support/setup.ts'],
    globalSetup: ['./test/support/global-setup.ts', './test/support/chromium.ts'],
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', 'test/**/*.e2e-spec.ts'],
    reporters: ['default', './test/support/plain-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Many tests wait for real processes; a shared machine may pause one of them. What fails twice is broken.
    retry: process.env.CI ? 1 : 0,
  },
});
