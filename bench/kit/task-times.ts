import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Processor time of the thread, µs. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * How much processor time the longest task of the window's main thread took, ms, over `forMs`: what the window asks of a
 * machine, where the long-task clock also counts the time it was kept waiting for a core.
 */
export async function longestTaskCpuMs(browser: Browser, page: Page, forMs: number): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  await page.waitForTimeout(forMs);
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const spent = events
    .filter((event) => event.ph === 'X' && mains.has(threadOf(event)))
    .map(({ tdur }) => (tdur ?? 0) / 1000);
  if (spent.length === 0) throw new Error('the trace holds no task of the window');
  return Math.max(...spent);
}
