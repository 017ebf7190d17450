import { defineConfig } from 'vitest/config';

const edges = ['test/webhook/**/*.test.ts', 'test/cluster/**/*.test.ts'];

// biome-ignore lint/style/noDefaultExport: vitest looks for nothing else
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      // No test leaves anything behind, so that files share what they import.
      { test: { name: 'core', include: ['test/**/*.test.ts'], exclude: [...edges, 'test/cli/**'], isolate: false } },
      { test: { name: 'edges', include: edges, isolate: false } },
      // The command line is tested as it is shipped: as a bundle, built once before its tests.
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: 'test/cli/support/build.ts',
          testTimeout: 60_000,
          isolate: false,
        },
      },
    ],
  },
});
