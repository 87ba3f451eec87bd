import type { Browser } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import type { Desk } from './desk.ts';
import { openElectronDesk } from './electron-desk.ts';
import type { FaultWatch } from './fault-watch.ts';
import { createFaultWatch } from './fault-watch.ts';
import { openHeadlessDesk } from './headless-desk.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { simulatorControl } from './simulator-control.ts';

interface Fixtures {
  /** A running Heartline of the test's own. In the `browser` project headless, in `electron` the desktop app. */
  readonly desk: Desk;
  /** The simulator behind it: faults and truth. */
  readonly simulator: SimulatorControl;
  /** Begins as a person's very first start does, with the welcome strip. Otherwise it was sent away before. */
  readonly isFirstRun: boolean;
  /** What the desk must not say. Checked at the end of every test. */
  readonly faults: FaultWatch;
}

interface WorkerFixtures {
  /** The browser of the `browser` project; the desktop app brings its own. */
  readonly chrome: Browser | undefined;
}

/**
 * The one `test` of all end-to-end specs. `page` is the desk's window, opened, logged in, and past its
 * first live candle; the test fails on any console error, uncaught error or CSP violation it did not allow.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  chrome: [
    async ({ playwright }, use, { project }) => {
      if (project.name === 'electron') return use(undefined);
      const browser = await playwright.chromium.launch();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern.
  faults: async ({}, use) => {
    const faults = createFaultWatch();
    await use(faults);
    expect(faults.unexpected, 'nothing went wrong in the window').toEqual([]);
  },
  isFirstRun: [false, { option: true }],
  desk: async ({ chrome, faults, isFirstRun }, use) => {
    const desk =
      chrome === undefined
        ? await openElectronDesk(faults, isFirstRun)
        : await openHeadlessDesk(chrome, faults, isFirstRun);
    await use(desk);
    await desk.close();
  },
  page: async ({ desk }, use) => use(desk.page),
  simulator: async ({ desk }, use) => use(simulatorControl(desk.simulator)),
});
