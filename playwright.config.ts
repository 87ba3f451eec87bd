import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserFlags, ensureBrowser } from './scripts/browser.ts';
import { findElectron } from './scripts/electron-runtime.ts';

// Set by `npm test`, which counts from the JSON report left there.
const report = process.env.HEARTLINE_TEST_REPORT;
const desktopOnly = process.argv.includes('--project=electron');
const electron = findElectron(import.meta.dirname);

if (!desktopOnly) {
  // Through the environment, so that the workers, which read this file again, look no further.
  process.env.HEARTLINE_BROWSER ??= ensureBrowser();
}

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Every test has a host, a simulator and a window of its own; two at once would starve each other
  // on a small machine and turn a limit into a lottery.
  workers: 1,
  // A shared build machine may stand still for seconds; at one's own desk every failure counts.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  outputDir: 'test-results',
  reporter: [
    ['list'],
    ...(report === undefined
      ? []
      : [['json', { outputFile: join(report, 'report.json') }] satisfies ['json', { outputFile: string }]]),
    ...(process.env.CI === undefined
      ? []
      : [['html', { open: 'never' }] satisfies ['html', { open: 'never' }]]),
  ],
  use: {
    viewport: { width: 1600, height: 1000 },
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    // A trace costs every test a third of its time, so where a failure is tried again only that try is recorded.
    trace: process.env.CI === undefined ? 'retain-on-failure' : 'on-first-retry',
  },
  projects: [
    {
      name: 'browser',
      use: {
        browserName: 'chromium',
        launchOptions: {
          args: [...browserFlags()],
          ...(process.env.HEARTLINE_BROWSER ? { executablePath: process.env.HEARTLINE_BROWSER } : {}),
        },
      },
    },
    // The same specs in the real desktop app, where it can run.
    ...(electron.kind === 'present' ? [{ name: 'electron' }] : []),
  ],
});
