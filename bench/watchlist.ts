// A watchlist of a thousand rows, ten thousand of them told anew every second, over the host's own link with the
// engine's part in tickers played here, and a market that stands still: what moves is the list alone. Main-thread time
// per frame and frames per second in a real browser. Prints one JSON.
import { chromium, type Page } from '@playwright/test';
import { createFaultWatch } from '../e2e/fault-watch.ts';
import { openHeadlessDesk } from '../e2e/headless-desk.ts';
import { simulatorControl } from '../e2e/simulator-control.ts';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';
import { encodeFrame } from '../src/shared/contract/frame.ts';
import { rounded } from './kit/statistics.ts';

const ROWS = 1_000;
const PER_SECOND = 10_000;
const SECONDS = 20;
/** A batch as the engine sends them. */
const EVERY_MS = 10;
const GOAL_MS_PER_FRAME = 5;
const GOAL_FPS = 55;

const instruments = Array.from(
  { length: ROWS },
  (_, at) => `ccxt:bench:C${String(at).padStart(4, '0')}-USDT`,
);
const settings = JSON.stringify({ welcome: 'done', watchlist: instruments });

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...browserFlags()] });
try {
  const desk = await openHeadlessDesk(browser, createFaultWatch(), false, settings);
  try {
    const { page } = desk;
    const tickers = await playTickers(page);
    await page.reload();
    await page.getByTestId('watchlist-row').first().waitFor();
    await simulatorControl(desk.simulator).post('pause');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const still = await measure(page);
    await tickers.start();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const told = await tickers.told();
    const startedAt = performance.now();
    const moving = await measure(page);
    const perSecond = (1000 * ((await tickers.told()) - told)) / (performance.now() - startedAt);
    process.stdout.write(
      `${JSON.stringify({
        bench: 'watchlist',
        seconds: SECONDS,
        rows: ROWS,
        rowsDrawn: await page.getByTestId('watchlist-row').count(),
        updatesPerSecond: rounded(perSecond),
        wantedPerSecond: PER_SECOND,
        mainThreadMsPerFrame: rounded(moving.msPerFrame),
        atRestMsPerFrame: rounded(still.msPerFrame),
        goalMsPerFrame: GOAL_MS_PER_FRAME,
        framesPerSecond: rounded(moving.fps),
        goalFramesPerSecond: GOAL_FPS,
        longTasks: moving.longTasks,
        met: moving.msPerFrame <= GOAL_MS_PER_FRAME && moving.fps >= GOAL_FPS,
      })}\n`,
    );
  } finally {
    await desk.close();
  }
} finally {
  await browser.close();
}

interface Played {
  start(): Promise<void>;
  /** Rows told so far. */
  told(): Promise<number>;
}

/**
 * Plays the engine's part in `tickers` at the window's own end of the link; everything else goes on to the real one. The
 * frames are made beforehand: what is measured is what the window does with them. Takes hold with the next load.
 */
async function playTickers(page: Page): Promise<Played> {
  await page.addInitScript(() => {
    const watched = new Map<number, readonly string[]>();
    let link: WebSocket | undefined;
    class PlayedSocket extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        link = this;
        watched.clear();
      }
      override send(data: string | ArrayBuffer | Blob | ArrayBufferView<ArrayBuffer>): void {
        const message = typeof data === 'string' ? JSON.parse(data) : {};
        if (message.t === 'ack' && message.seq < 0) return;
        if (message.t === 'watch' && message.name === 'tickers') {
          watched.set(message.id, message.input.instruments);
          return;
        }
        if (message.t === 'unwatch' && watched.delete(message.id)) return;
        super.send(data);
      }
    }
    window.WebSocket = PlayedSocket;
    const played = {
      told: 0,
      watched: () => [...watched],
      play(frames: readonly string[], rows: number, everyMs: number) {
        const bytes = frames.map(
          (frame) => Uint8Array.from(atob(frame), (letter) => letter.charCodeAt(0)).buffer,
        );
        const startedAt = performance.now();
        let beats = 0;
        setInterval(() => {
          // Timers come late on a busy machine: what they owe is made up for, within reason.
          const owed = Math.min(10, Math.floor((performance.now() - startedAt) / everyMs) - beats);
          for (let beat = 0; beat < owed; beat += 1) {
            const data = bytes[beats % bytes.length] ?? new ArrayBuffer();
            beats += 1;
            played.told += rows;
            link?.dispatchEvent(new MessageEvent('message', { data }));
          }
        }, everyMs);
      },
    };
    Object.assign(window, { played });
  });
  const rows = (PER_SECOND * EVERY_MS) / 1000;
  return {
    async start() {
      const watched = await page.evaluate(() =>
        (window as unknown as { played: { watched(): [number, string[]][] } }).played.watched(),
      );
      const all = watched.flatMap(([id, names]) => names.map((name) => ({ id, name })));
      const frames = Array.from({ length: 200 }, (_, frame) => {
        const due = Array.from({ length: rows }, (_, at) => all[((frame * rows + at) * 7) % all.length]);
        const updates = watched.flatMap(([id]) => {
          const names = due.flatMap((one) => (one?.id === id ? [one.name] : []));
          return names.length > 0 ? [[id, columnsFor(names)] as const] : [];
        });
        const bytes = encodeFrame({ t: 'batch', seq: -1, updates });
        return Buffer.from(bytes as Uint8Array).toString('base64');
      });
      await page.evaluate(
        ([frames, rows, everyMs]) =>
          (
            window as unknown as { played: { play(frames: string[], rows: number, everyMs: number): void } }
          ).played.play(frames, rows, everyMs),
        [frames, rows, EVERY_MS] as const,
      );
    },
    told: () => page.evaluate(() => (window as unknown as { played: { told: number } }).played.told),
  };
}

function columnsFor(names: readonly string[]) {
  // A little ahead: prepared figures must not grow old while they are played.
  const now = Date.now() + 60_000;
  const price = () => 100 + Math.random() * 10;
  const column = (value: () => number) => Float64Array.from(names, value);
  return {
    instruments: names,
    last: column(price),
    open24h: column(() => 100),
    high24h: column(() => 110),
    low24h: column(() => 90),
    quoteVolume24h: column(() => 1e6 * price()),
    bid: column(() => 99.9),
    ask: column(() => 100.1),
    mark: column(price),
    index: column(price),
    fundingRate: column(() => 0.0001),
    nextFundingTime: column(() => now + 3_600_000),
    lastReceivedAt: column(() => now),
    dayReceivedAt: column(() => now),
    topReceivedAt: column(() => now),
    markReceivedAt: column(() => now),
  };
}

/** What the main thread spent, its own processor time as the browser counts it, over the frames there were. */
async function measure(page: Page): Promise<{ msPerFrame: number; fps: number; longTasks: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const before = await busy();
  const { frames, longTasks, tookMs } = await page.evaluate(async (limitMs) => {
    let longTasks = 0;
    let frames = 0;
    let watching = true;
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    observer.observe({ type: 'longtask' });
    const count = () => {
      frames += 1;
      if (watching) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, limitMs));
    const tookMs = performance.now() - startedAt;
    watching = false;
    observer.disconnect();
    return { frames, longTasks, tookMs };
  }, SECONDS * 1000);
  const spent = (await busy()) - before;
  await session.detach();
  return { msPerFrame: spent / frames, fps: (1000 * frames) / tookMs, longTasks };
}
