import type { Page } from '@playwright/test';

/** One running Heartline with its window, whichever shell it stands in. */
export interface Desk {
  readonly shell: 'headless' | 'desktop';
  readonly page: Page;
  /** Where settings and storage live; removed with the desk. */
  readonly dataDir: string;
  /** Control address of the simulator behind it, without a trailing slash. */
  readonly simulator: string;
  /** The process of the shell. */
  readonly pid: number;
  /** Ends the shell and everything it started. */
  close(): Promise<void>;
}

/** What a shell prints on standard output, as one line of JSON, once it can be used (`--json`). */
export interface ReadyLine {
  readonly pid: number;
  /** Headless only: where to open the desk, with its one-time token. */
  readonly url?: string;
  /** Demo only: the simulator's control address. */
  readonly simulator?: string;
}

/** Resolves when the chart has painted a candle that arrived live, which is when a desk is in use. */
export async function waitForFirstCandle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.documentElement.dataset.firstLiveCandle !== undefined,
    undefined,
    {
      timeout: 45_000,
    },
  );
}
