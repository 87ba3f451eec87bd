import type { CDPSession, Page } from '@playwright/test';

export interface FrameTimes {
  /** Between one frame and the next, ms. */
  readonly deltas: readonly number[];
  readonly p99Ms: number;
  /** Lengths of tasks over 50 ms. */
  readonly longTasks: readonly number[];
  /** The main thread's own processor time, whoever else uses the machine. */
  readonly mainThreadMs: number;
  readonly tookMs: number;
}

/** Counts frames and tasks over 50 ms in the window for as long as asked. */
export async function watchFrames(page: Page, session: CDPSession, forMs: number): Promise<FrameTimes> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const before = await busy();
  const seen = await page.evaluate(async (limitMs) => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    });
    observer.observe({ type: 'longtask' });
    const deltas: number[] = [];
    let last: number | undefined;
    let watching = true;
    const count = (at: number) => {
      if (last !== undefined) deltas.push(at - last);
      last = at;
      if (watching) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, limitMs));
    watching = false;
    observer.disconnect();
    return { deltas, longTasks, tookMs: performance.now() - startedAt };
  }, forMs);
  const sorted = [...seen.deltas].sort((one, other) => one - other);
  return {
    ...seen,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    mainThreadMs: (await busy()) - before,
  };
}
