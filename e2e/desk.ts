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

/**
 * Resolves when the chart has painted a candle that arrived live, which is when a desk is in use.
 * Rejects after 45 s with what the window says instead.
 */
export async function waitForFirstCandle(page: Page): Promise<void> {
  try {
    await page.waitForFunction(
      () => document.documentElement.dataset.firstLiveCandle !== undefined,
      undefined,
      { timeout: 45_000 },
    );
  } catch (cause) {
    const said = await page.evaluate(() => document.body.textContent.replaceAll(/\s+/g, ' '));
    throw new Error(`no live candle was painted; the window says: ${said.slice(0, 1000)}`, { cause });
  }
}
