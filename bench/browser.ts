// The window under load: the watchlist's instruments, the simulator turned up until it sends about 2,000
// messages a second to the engine, for thirty seconds in a real browser: long tasks and frames per second.
// Prints one JSON.
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { createFaultWatch } from '../e2e/fault-watch.ts';
import { openHeadlessDesk } from '../e2e/headless-desk.ts';
import type { SimulatorControl } from '../e2e/simulator-control.ts';
import { simulatorControl } from '../e2e/simulator-control.ts';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';
import { rounded } from './kit/statistics.ts';

const SECONDS = 30;
const WANTED_PER_SECOND = 2000;
/** Traffic comes in bursts: aimed a little higher, so that the mean over the run does not fall short. */
const AIM = 1.15 * WANTED_PER_SECOND;
const GOAL_FPS = 55;
const GOAL_LONG_TASK_MS = 50;

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...browserFlags()] });
try {
  const desk = await openHeadlessDesk(browser, createFaultWatch());
  try {
    const simulator = simulatorControl(desk.simulator);
    const multiplier = await turnUp(simulator);
    const before = await traffic(simulator);
    const window = await watchWindow(desk.page, SECONDS * 1000);
    const after = await traffic(simulator);
    const fps = window.frames / SECONDS;
    const messagesPerSecond = (1000 * (after.sent - before.sent)) / (after.at - before.at);
    process.stdout.write(
      `${JSON.stringify({
        bench: 'browser',
        seconds: SECONDS,
        instruments: after.symbols,
        activity: multiplier,
        messagesPerSecond: rounded(messagesPerSecond),
        wantedPerSecond: WANTED_PER_SECOND,
        framesPerSecond: rounded(fps),
        goalFramesPerSecond: GOAL_FPS,
        longTasks: window.longTasks.length,
        longestTaskMs: rounded(Math.max(0, ...window.longTasks)),
        goalLongestTaskMs: GOAL_LONG_TASK_MS,
        met: messagesPerSecond >= WANTED_PER_SECOND && fps >= GOAL_FPS && window.longTasks.length === 0,
      })}\n`,
    );
  } finally {
    await desk.close();
  }
} finally {
  await browser.close();
}

interface Traffic {
  readonly sent: number;
  readonly symbols: number;
  readonly at: number;
}

async function traffic(simulator: SimulatorControl): Promise<Traffic> {
  const stats = (await simulator.get('stats')) as {
    readonly venues: Readonly<
      Record<string, { readonly connections: readonly { sent: number; streams: readonly string[] }[] }>
    >;
  };
  const connections = Object.values(stats.venues).flatMap((venue) => venue.connections);
  const symbols = new Set(connections.flatMap(({ streams }) => streams.map((name) => name.split('@', 1)[0])));
  return {
    sent: connections.reduce((sum, { sent }) => sum + sent, 0),
    symbols: symbols.size,
    at: performance.now(),
  };
}

/** Turns the market up until what the engine is sent comes near the wanted rate. Answers the factor. */
async function turnUp(simulator: SimulatorControl): Promise<number> {
  let multiplier = 1;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await simulator.post('activity', { multiplier });
    const before = await traffic(simulator);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const after = await traffic(simulator);
    const perSecond = (1000 * (after.sent - before.sent)) / (after.at - before.at);
    const missing = AIM / Math.max(1, perSecond);
    if (missing > 0.95 && missing < 1.05) break;
    multiplier = Math.min(1000, Math.max(0.1, multiplier * missing));
  }
  return rounded(multiplier);
}

/** Counts frames and tasks over 50 ms in the window for as long as asked. */
function watchWindow(page: Page, forMs: number): Promise<{ frames: number; longTasks: number[] }> {
  return page.evaluate(async (limitMs) => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    });
    observer.observe({ type: 'longtask' });
    let frames = 0;
    let watching = true;
    const count = () => {
      frames += 1;
      if (watching) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    await new Promise((resolve) => setTimeout(resolve, limitMs));
    watching = false;
    observer.disconnect();
    return { frames, longTasks };
  }, forMs);
}
