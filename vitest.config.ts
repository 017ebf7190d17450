import { defineConfig } from 'vitest/config';

/** Only so that what never ends does: a busy machine must not end what is slow. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };
const edges = ['test/webhook/**/*.test.ts', 'test/cluster/**/*.test.ts'];

// biome-ignore lint/style/noDefaultExport: vitest looks for nothing else
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      // No test leaves anything behind, so that files share what they import.
      { test: { name: 'core', include: ['test/**/*.test.ts'], exclude: [...edges, 'test/cli/**'], isolate: false, ...patience } },
      { test: { name: 'edges', include: edges, isolate: false, ...patience } },
      // Pipes, signals and what is kept between runs are tested as shipped: with the bundle, built once before these tests.
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: 'test/cli/support/build.ts',
          isolate: false,
          ...patience,
        },
      },
    ],
  },
});
