// A whole desk as a busy person has it, over the headless host's simulator: nine charts, book, tape, a watchlist of 200
// instruments. Arranged beforehand, in the files of a data folder.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { readyLine } from '../../e2e/ready-line.ts';
import type { SimulatorControl } from '../../e2e/simulator-control.ts';
import { simulatorControl } from '../../e2e/simulator-control.ts';
import { killTree } from '../../scripts/process-tree.ts';
import { arrange, type PlacedPanel } from '../../src/renderer/workspace/arrange.ts';
import { BINANCE_COINS } from '../../src/simulator/binance/coins.ts';

export const WATCHED = 200;
export const CHARTS = 9;

const project = join(import.meta.dirname, '..', '..');
const CHART_COINS = ['BTC', 'ETH', 'SOL', 'XRP', 'BNB', 'DOGE', 'ADA', 'LINK', 'AVAX'];

/** The same coins at four venues, until there are enough. */
function watchedInstruments(): readonly string[] {
  const bases = BINANCE_COINS.map(({ base }) => base).filter((base) => !/^1000/.test(base));
  const all = bases.flatMap((base) => [
    `binance:${base}-USDT-PERP`,
    `bybit:${base}-USDT-PERP`,
    `upbit:${base}-KRW`,
    `bithumb:${base}-KRW`,
  ]);
  return all.slice(0, WATCHED);
}

/** `below`: what stands under the charts, the first of it in front. */
function layouts(below: readonly PlacedPanel[]): string {
  const grid = {
    count: CHARTS,
    cells: CHART_COINS.map((coin) => ({
      link: 'none',
      instrument: `binance:${coin}-USDT-PERP`,
      interval: '1m',
    })),
  };
  const working = arrange({
    share: 1,
    row: [
      { share: 300, tabs: ['watchlist', 'scanner'] },
      {
        share: 900,
        column: [
          { share: 72, tabs: [{ kind: 'charts', params: { grid } }] },
          { share: 28, tabs: below },
        ],
      },
      {
        share: 400,
        row: [
          { share: 210, tabs: ['book', 'ladder'] },
          { share: 190, tabs: ['tape', 'ticket'] },
        ],
      },
    ],
  });
  return JSON.stringify({ version: 1, current: '', working, saved: [] });
}

export interface WholeDesk {
  readonly page: Page;
  readonly simulator: SimulatorControl;
  /** Of the host. */
  readonly pid: number;
  /** From the login link's being followed to something painted. */
  readonly firstPaintMs: number;
  /** … to a live candle painted, and prices in the book and in every row of the watchlist on the screen. */
  readonly workingMs: number;
  close(): Promise<void>;
}

/** `first`: instead of the whole desk the one a first start shows. */
export async function openWholeDesk(browser: Browser, what: 'whole' | 'first' = 'whole'): Promise<WholeDesk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-bench-'));
  await writeFile(
    join(dataDir, 'settings.json'),
    JSON.stringify({
      welcome: 'done',
      language: 'en',
      ...(what === 'whole' && { watchlist: watchedInstruments() }),
    }),
  );
  if (what === 'whole') {
    await writeFile(
      join(dataDir, 'layouts.json'),
      layouts(['positions', 'orders', 'fills', 'balances', 'alerts', 'log']),
    );
  }
  const host = spawn(
    process.execPath,
    ['out/main/headless.js', '--demo', '--json', '--port', '0', '--data-dir', dataDir],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const close = async () => {
    if (host.pid !== undefined && host.exitCode === null) killTree(host.pid, false);
    await context.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { url, pid, simulator } = await readyLine(host);
    if (url === undefined || simulator === undefined)
      throw new Error('the ready line names no URL or simulator');
    const page = await context.newPage();
    const asked = Date.now();
    await page.goto(url);
    const { workingAt, paintedAt } = await waitForWorkingDesk(page);
    return {
      page,
      simulator: simulatorControl(simulator),
      pid,
      firstPaintMs: paintedAt - asked,
      workingMs: workingAt - asked,
      close,
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}

interface Moments {
  /** Wall time, ms. */
  readonly workingAt: number;
  readonly paintedAt: number;
}

async function waitForWorkingDesk(page: Page): Promise<Moments> {
  const moments = await page.waitForFunction(
    () => {
      const isFresh = (element: Element | null | undefined) =>
        ['fresh', 'late'].includes((element as HTMLElement | undefined)?.dataset['fresh'] ?? '');
      const rows = [...document.querySelectorAll('[data-testid=watchlist-last]')];
      const isWorking =
        document.documentElement.dataset['firstLiveCandle'] !== undefined &&
        isFresh(document.querySelector('[data-testid=book]')) &&
        document.querySelector('[data-testid=book] .level-price')?.textContent !== '' &&
        rows.length > 5 &&
        rows.every(isFresh);
      if (!isWorking) return undefined;
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      return {
        workingAt: performance.timeOrigin + performance.now(),
        paintedAt: performance.timeOrigin + painted,
      };
    },
    undefined,
    { timeout: 60_000, polling: 'raf' },
  );
  return (await moments.jsonValue()) as Moments;
}
