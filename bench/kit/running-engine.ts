// A child process of bench/engine-memory.ts: an engine at work on a simulator elsewhere. Prints its memory
// after the seconds asked for. Arguments: data folder, REST base, socket base, seconds.
import { createEngine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { venuesAt } from '#venues/registry.ts';

const [dataDir = '', rest = '', ws = '', seconds = '10'] = process.argv.slice(2);
const venues = venuesAt(() => ({ rest, ws }));
await using engine = createEngine({
  clock: systemClock,
  dataDir,
  venues,
  app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
});
const instruments = venues.flatMap(({ venue }) => venue.favourites).slice(0, 8);
const streams = instruments.flatMap((instrument): StreamKey[] => [
  { kind: 'ticker', instrument },
  { kind: 'top', instrument },
  { kind: 'trade', instrument },
  { kind: 'book', instrument },
  { kind: 'mark', instrument },
  { kind: 'candle', instrument, interval: '1m' },
]);
let events = 0;
await engine.tap(streams, () => {
  events += 1;
});
await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
globalThis.gc?.();
process.stdout.write(
  `${JSON.stringify({ rssMb: process.memoryUsage().rss / 1e6, events, instruments: instruments.length })}\n`,
);
