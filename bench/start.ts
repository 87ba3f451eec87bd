// From the start command to the first live candle painted in a real browser, on the simulator, from a built
// tree. Medians of five. Prints one JSON.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import { waitForFirstCandle } from '../e2e/desk.ts';
import { readyLine } from '../e2e/ready-line.ts';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { killTree } from '../scripts/process-tree.ts';
import { median, rounded } from './kit/statistics.ts';

interface Start {
  /** Until the host said it was ready. */
  readonly readyMs: number;
  /** Until a candle that arrived live was on the screen. */
  readonly candleMs: number;
}

const ROUNDS = 5;
const GOAL_MS = 5000;
const project = join(import.meta.dirname, '..');

await ensureBuilt(project, () => undefined);
// Started beforehand: a person who opens a link has a browser running.
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...browserFlags()] });
try {
  const starts: Start[] = [];
  for (let round = 0; round < ROUNDS; round += 1) starts.push(await start(browser));
  const candleMs = median(starts.map((one) => one.candleMs));
  process.stdout.write(
    `${JSON.stringify({
      bench: 'start',
      firstLiveCandleMs: rounded(candleMs),
      goalMs: GOAL_MS,
      met: candleMs <= GOAL_MS,
      hostReadyMs: rounded(median(starts.map((one) => one.readyMs))),
      slowestMs: rounded(Math.max(...starts.map((one) => one.candleMs))),
      rounds: ROUNDS,
    })}\n`,
  );
} finally {
  await browser.close();
}

async function start(window: Browser): Promise<Start> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-bench-'));
  const context = await window.newContext({ viewport: { width: 1600, height: 1000 } });
  const page = await context.newPage();
  const began = performance.now();
  const host = spawn(
    process.execPath,
    ['scripts/start.ts', '--headless', '--demo', '--json', '--port', '0', '--data-dir', dataDir],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  try {
    const { url } = await readyLine(host);
    if (url === undefined) throw new Error('the ready line names no URL');
    const readyMs = performance.now() - began;
    await page.goto(url);
    await waitForFirstCandle(page);
    return { readyMs, candleMs: performance.now() - began };
  } finally {
    await context.close();
    if (host.pid !== undefined) killTree(host.pid, false);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
