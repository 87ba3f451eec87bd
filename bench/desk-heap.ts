// What the window's memory does over half an hour of a whole desk: nine charts, book, tape, 200 watched instruments and
// positions, at the market's own pace or turned up to a number of messages a second into the engine. Once a minute after a
// collection; a straight line laid through what comes after the first five minutes. Prints one JSON.
// `node bench/desk-heap.ts [minutes] [messages per second]`
import { chromium } from '@playwright/test';
import { browserFlags, ensureBrowser } from '../scripts/browser.ts';
import { startTraffic } from './kit/market-traffic.ts';
import { rounded } from './kit/statistics.ts';
import { openWholeDesk } from './kit/whole-desk.ts';

const [minutes = 30, wantedPerSecond] = process.argv.slice(2).map(Number);
const GOAL_MB_PER_MINUTE = 1;
/** Caches, rings and compiled code fill up first. */
const WARM_UP_MINUTES = 5;
const MINUTE_MS = 60_000;

interface Sample {
  readonly minute: number;
  /** Script objects and what the page's own objects hold, MB. */
  readonly mb: number;
  readonly nodes: number;
  readonly listeners: number;
}

const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...browserFlags()] });
try {
  const desk = await openWholeDesk(browser);
  try {
    const traffic =
      wantedPerSecond === undefined ? undefined : await startTraffic(desk.simulator, wantedPerSecond);
    const rate = await traffic?.begin();
    const session = await desk.page.context().newCDPSession(desk.page);
    await session.send('Performance.enable');
    const startedAt = performance.now();
    const sample = async (): Promise<Sample> => {
      // Twice: what the first sets free lets go of more.
      for (let time = 0; time < 2; time += 1) await session.send('HeapProfiler.collectGarbage');
      const usage = (await session.send('Runtime.getHeapUsage')) as unknown as Record<string, number>;
      const { metrics } = await session.send('Performance.getMetrics');
      const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
      const bytes =
        (usage['usedSize'] ?? 0) + (usage['embedderHeapUsedSize'] ?? 0) + (usage['backingStorageSize'] ?? 0);
      return {
        minute: (performance.now() - startedAt) / MINUTE_MS,
        mb: bytes / 1024 / 1024,
        nodes: metric('Nodes'),
        listeners: metric('JSEventListeners'),
      };
    };
    const samples: Sample[] = [];
    for (let minute = 1; minute <= minutes; minute += 1) {
      await new Promise((resolve) => setTimeout(resolve, startedAt + minute * MINUTE_MS - performance.now()));
      const taken = await sample();
      samples.push(taken);
      process.stderr.write(
        `${taken.minute.toFixed(1)} min  ${taken.mb.toFixed(2)} MB  ${taken.nodes} nodes\n`,
      );
    }
    const counted = samples.filter(({ minute }) => minute > WARM_UP_MINUTES);
    const slope = slopeOf(counted);
    const [first, last] = [counted[0], counted.at(-1)];
    process.stdout.write(
      `${JSON.stringify({
        bench: 'desk-heap',
        minutes,
        messagesPerSecond: rate === undefined ? 'the market’s own pace' : Math.round(await rate.perSecond()),
        startMb: rounded(samples[0]?.mb ?? Number.NaN),
        afterWarmUpMb: rounded(first?.mb ?? Number.NaN),
        endMb: rounded(last?.mb ?? Number.NaN),
        mostMb: rounded(Math.max(...samples.map(({ mb }) => mb))),
        nodesMore: (last?.nodes ?? Number.NaN) - (first?.nodes ?? Number.NaN),
        listenersMore: (last?.listeners ?? Number.NaN) - (first?.listeners ?? Number.NaN),
        slopeMbPerMinute: Math.round(slope * 1000) / 1000,
        goalMbPerMinute: GOAL_MB_PER_MINUTE,
        met: slope < GOAL_MB_PER_MINUTE,
      })}\n`,
    );
  } finally {
    await desk.close();
  }
} finally {
  await browser.close();
}

/** MB per minute, least squares. */
function slopeOf(points: readonly Sample[]): number {
  const mean = (pick: (point: Sample) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [minute, mb] = [mean((point) => point.minute), mean((point) => point.mb)];
  const spread = points.reduce((sum, point) => sum + (point.minute - minute) ** 2, 0);
  return points.reduce((sum, point) => sum + (point.minute - minute) * (point.mb - mb), 0) / spread;
}
