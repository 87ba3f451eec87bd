import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { skipNotes } from './scripts/skip-notes.ts';

// Set by `npm test`, which counts from the JSON report left there.
const report = process.env.HEARTLINE_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['{src,scripts,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['scripts/property-seed.ts'],
    // Suites start servers and workers of their own: more files than cores only makes them wait.
    maxWorkers: Math.max(1, Math.min(4, availableParallelism())),
    // Generous, because a limit is for what hangs. No test measures time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: [
      ['default', { summary: false }],
      ...(report === undefined
        ? [skipNotes()]
        : [
            skipNotes(join(report, 'skip-notes.json')),
            ['json', { outputFile: join(report, 'report.json') }] as ['json', { outputFile: string }],
          ]),
    ],
  },
});
