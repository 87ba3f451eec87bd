// A child process of bench/engine-memory.ts: an engine at work on a simulator elsewhere. Prints its memory, what its
// event loop was late, and its share of a core over the seconds asked for.
// Arguments: data folder, venues' endpoints as JSON, instruments per venue, how many of them are opened, seconds.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { boundHeap } from '#engine/health/bound-heap.ts';
import type { WatchName, WatchUpdates } from '#shared/contract/api.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { Endpoints } from '#venues/venue.ts';

/** What an engine was found to cost. */
export interface EngineCost {
  readonly rssMb: number;
  readonly heapMb: number;
  readonly buffersMb: number;
  readonly eventsPerSecond: number;
  readonly instruments: number;
  readonly streams: number;
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  /** Of one core, 0…1. */
  readonly cpuShare: number;
  readonly reconnects: number;
}

/** History, books and tapes are there by then; what they cost to fetch is not what they cost to keep. */
const WARM_UP_MS = 15_000;
const RESOLUTION_MS = 5;

// As the headless shell does it: before the engine's files are read.
boundHeap();
const { createEngine } = await import('#engine/engine.ts');
const { systemClock } = await import('#shared/base/system-clock.ts');
const { watchInputs } = await import('#shared/contract/api.ts');
const { venuesAt } = await import('#venues/registry.ts');

const [dataDir = '', endpoints = '{}', perVenue = '50', opened = '10', seconds = '20'] =
  process.argv.slice(2);
const addresses = JSON.parse(endpoints) as Record<string, Endpoints>;
const venues = venuesAt(({ id }) => addresses[id]);
await using engine = createEngine({
  clock: systemClock,
  dataDir,
  venues,
  app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
});

const listed = await engine.api.request('instruments.list', {});
const watched = venues.map(({ venue }) => {
  const own = listed.filter((one) => one.venue === venue.id && one.status !== 'halted').map(({ id }) => id);
  return [...new Set([...venue.favourites, ...own])].slice(0, Number(perVenue));
});
const instruments = watched.flat();
// What a watchlist asks for of each, and what a book, a tape and a chart add for those that are opened.
const streams = watched.flatMap((ofVenue) =>
  ofVenue.flatMap((instrument, index): StreamKey[] => [
    { kind: 'ticker', instrument },
    { kind: 'top', instrument },
    { kind: 'trade', instrument },
    { kind: 'mark', instrument },
    ...(index < Number(opened)
      ? [{ kind: 'book', instrument } as const, { kind: 'candle', instrument, interval: '1m' } as const]
      : []),
  ]),
);
let events = 0;
await engine.tap(streams, () => {
  events += 1;
});
// And a window that shows one of them, with all of them on its watchlist.
const [shown] = instruments;
if (shown) {
  look('tickers', { instruments });
  look('book', { instrument: shown, depth: 50 });
  look('trades', { instrument: shown });
  look('candles', { instrument: shown, interval: '1m' });
  look('health', {});
}

await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
events = 0;
const cpuBefore = process.cpuUsage();
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
delay.disable();
const { user, system } = process.cpuUsage(cpuBefore);
const counted = events;
// Twice: pages that the first empties are given back by the second.
for (let time = 0; time < 2; time += 1) {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
}
const { rss, heapUsed, external } = process.memoryUsage();
const cost: EngineCost = {
  rssMb: rss / 1e6,
  heapMb: heapUsed / 1e6,
  buffersMb: external / 1e6,
  eventsPerSecond: counted / Number(seconds),
  instruments: instruments.length,
  streams: streams.length,
  // The timer itself comes after its resolution at the earliest.
  delayP50Ms: Math.max(0, delay.percentile(50) / 1e6 - RESOLUTION_MS),
  delayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
  delayMaxMs: delay.max / 1e6 - RESOLUTION_MS,
  cpuShare: (user + system) / (Number(seconds) * 1e6),
  reconnects: engine.health().connections.reduce((sum, { reconnects }) => sum + reconnects, 0),
};
process.stdout.write(`${JSON.stringify(cost)}\n`);
(await import("node:v8")).writeHeapSnapshot("/tmp/zz/h2.heapsnapshot");

/** Takes what changed as a window does, once a frame at most. */
function look<Name extends WatchName>(
  name: Name,
  input: Parameters<(typeof watchInputs)[Name]['parse']>[0],
): void {
  let isDue = false;
  const source = engine.api.watch(name, watchInputs[name].parse(input) as never, () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      void (source.take() as WatchUpdates[Name] | undefined);
    }, 4);
  });
  source.take();
}
