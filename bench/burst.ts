// Goal G9: 50,000 frames a second through one engine for so many seconds, with one window that keeps up and one that is
// frozen: how late the event loop runs, how long the frozen window takes to catch up, and how long its one batch is.
// Binance's own wire, six trades to four changes of the book. Prints one JSON. `node bench/burst.ts [seconds] [per second]`
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openBurstStage } from '../src/drill/test-kit/burst.ts';
import { rounded } from './kit/statistics.ts';

const [seconds = 60, perSecond = 50_000] = process.argv.slice(2).map(Number);
const TICK_MS = 4;
const RESOLUTION_MS = 1;
const GOAL = { eventLoopDelayMs: 50, queueMb: 8, catchUpMs: 1000 };

await using stage = await openBurstStage();
const awake = stage.window();
const frozen = stage.window();
await new Promise((resolve) => setTimeout(resolve, 500));
// Compiled before it is measured, as it is in a process that has run for a while.
for (let warm = 0; warm < 40; warm += 1) {
  stage.pour(500);
  await new Promise((resolve) => setImmediate(resolve));
}
await new Promise((resolve) => setTimeout(resolve, 500));

frozen.frozen = true;
globalThis.gc?.();
const heapBefore = process.memoryUsage().heapUsed;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const pouredBefore = stage.poured.frames;
const cpu = process.cpuUsage();
const startedAt = performance.now();
// As a socket would: what is due by now, again and again. What cannot be kept up with shows as a rate that is too low.
while (performance.now() - startedAt < seconds * 1000) {
  const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
  // A socket hands over what the kernel holds, and that is bounded.
  stage.pour(Math.min(due - (stage.poured.frames - pouredBefore), (perSecond * TICK_MS * 5) / 1000));
  await new Promise((resolve) => setTimeout(resolve, TICK_MS));
}
const tookS = (performance.now() - startedAt) / 1000;
delay.disable();
const { user, system } = process.cpuUsage(cpu);
const frames = stage.poured.frames - pouredBefore;
globalThis.gc?.();
const heldMb = (process.memoryUsage().heapUsed - heapBefore) / 1024 / 1024;

const thawedAt = performance.now();
frozen.thaw();
while (frozen.newestTrade !== stage.poured.newestTrade) await new Promise((resolve) => setImmediate(resolve));
const catchUpMs = performance.now() - thawedAt;
const exact = frozen.received + frozen.dropped === awake.received + awake.dropped;
const eventLoopDelayMs = delay.percentile(99) / 1e6 - RESOLUTION_MS;
const queueMb = frozen.longestBatchBytes / 1024 / 1024;

process.stdout.write(
  `${JSON.stringify({
    bench: 'burst',
    seconds: rounded(tookS),
    framesPerSecond: Math.round(frames / tookS),
    // Of all threads, the simulator's standing market included: what says most on a machine that is busy otherwise.
    cpuMicrosecondsPerFrame: rounded((user + system) / frames),
    eventLoopDelayP99Ms: rounded(eventLoopDelayMs),
    eventLoopDelayWorstMs: rounded(delay.max / 1e6 - RESOLUTION_MS),
    batchAfterFreezeMb: Math.round(queueMb * 1000) / 1000,
    heldMb: rounded(heldMb),
    catchUpMs: rounded(catchUpMs),
    leftOut: frozen.dropped,
    countedExactly: exact,
    goal: GOAL,
    met:
      exact &&
      frames / tookS >= perSecond * 0.98 &&
      eventLoopDelayMs < GOAL.eventLoopDelayMs &&
      queueMb <= GOAL.queueMb &&
      catchUpMs <= GOAL.catchUpMs,
  })}\n`,
);
