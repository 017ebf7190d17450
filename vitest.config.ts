import { defineConfig } from 'vitest/config';

// The command line is tested as it is shipped: as a bundle, built once before its tests.
// biome-ignore lint/style/noDefaultExport: vitest looks for nothing else
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      { test: { name: 'core', include: ['test/**/*.test.ts'], exclude: ['test/cli/**'] } },
      {
        test: { name: 'cli', include: ['test/cli/**/*.test.ts'], globalSetup: 'test/cli/support/build.ts', testTimeout: 60_000 },
      },
    ],
  },
});
