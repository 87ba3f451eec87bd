import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { skipNotes } from './scripts/skip-notes.ts';

// Set by `npm test`, which counts from the JSON report left there.
const report = process.env.HEARTLINE_TEST_REPORT;

// Whole programs on real sockets: beside each other they would measure the machine instead of Heartline.
const REAL = [
  'src/engine/alerts/alerts-on-simulator.test.ts',
  'src/{drill,headless,main,cli}/**/*.test.ts',
  'src/venues/cold-start.test.ts',
  'src/venues/{conformance,account-conformance,account-streams,order-conformance}.test.ts',
  'src/engine/keys/{keychain,keys-on-simulator}.test.ts',
  'src/engine/trading/{orders,amends}-on-simulator.test.ts',
  'src/engine/accounts/korean-orders.test.ts',
  'src/engine/scanner/scanner-on-simulator.test.ts',
  'src/engine/trading/{kill-door,open-trading,kill-on-simulator,journal-killed}.test.ts',
  'src/simulator/**/{ccxt-peer,ccxt-peer-private,ccxt-peer-orders,facade,private-facade,faults,order-faults,outages,private-socket}.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'laws',
          include: ['{src,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: REAL,
          sequence: { groupOrder: 0 },
        },
      },
      // Once more where the machine was busy with something else: real clocks, real sockets, a market of its own each time.
      {
        extends: true,
        test: { name: 'real', include: REAL, maxWorkers: 1, retry: 1, sequence: { groupOrder: 1 } },
      },
    ],
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
