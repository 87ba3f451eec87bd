// Goal G10: memory over simulated hours in which sockets are replaced 500 times and another instrument is looked at 200
// times. A whole engine on invented time between four small venues; heap and buffers after a collection, a straight line
// laid through them. Needs --expose-gc (`npm run bench` gives it). Prints one JSON. `node --expose-gc bench/soak-memory.ts [hours]`

import { smallInstruments } from '../src/engine/test-kit/small-venue.ts';
import { createSmallWorld } from '../src/engine/test-kit/small-world.ts';
import type { WatchSource } from '../src/shared/contract/api.ts';
import { chanceOf } from '../src/shared/test-kit/seeds.ts';
import { rounded } from './kit/statistics.ts';

const [hours = 24] = process.argv.slice(2).map(Number);
const { gc } = globalThis;
if (!gc) throw new Error('start it with --expose-gc');
const VENUES = ['alpha', 'beta', 'gamma', 'delta'];
const RECONNECTS = 500;
const SWITCHES = 200;
const GOAL_MB_PER_HOUR = 1;
const MINUTE_MS = 60_000;
/** Caches, rings and shapes fill up first. */
const WARM_UP_MINUTES = 20;
const ROUND_S = 20;

await using world = await createSmallWorld({ venues: VENUES, next: chanceOf(7), stepMs: 1000 });
const { engine } = world;
const instruments = VENUES.flatMap(smallInstruments);
let looking: readonly WatchSource<unknown>[] = [];
const done = { reconnects: 0, switches: 0 };

const rounds = (hours * 60 * MINUTE_MS) / (ROUND_S * 1000);
const samples: { readonly hour: number; readonly mb: number }[] = [];
await world.run(WARM_UP_MINUTES * MINUTE_MS);
const before = { mb: heldMb(), ...world.held };
for (let round = 1; round <= rounds; round += 1) {
  while (done.reconnects < (round / rounds) * RECONNECTS) reconnect();
  while (done.switches < (round / rounds) * SWITCHES) lookAtAnother();
  await world.run(ROUND_S * 1000);
  if (round % 15 === 0) samples.push({ hour: (round * ROUND_S) / 3600, mb: heldMb() });
}
for (const source of looking) source.dispose();
await world.run(2 * MINUTE_MS);
const after = { mb: heldMb(), ...world.held };
const slope = slopeOf(samples);

process.stdout.write(
  `${JSON.stringify({
    bench: 'soak-memory',
    simulatedHours: hours,
    ...done,
    updatesToTheWindow: world.trace.updates,
    heldBeforeMb: rounded(before.mb),
    heldAfterMb: rounded(after.mb),
    slopeMbPerHour: Math.round(slope * 1000) / 1000,
    timersMore: after.timers - before.timers,
    socketsMore: after.sockets - before.sockets,
    goalMbPerHour: GOAL_MB_PER_HOUR,
    met: slope < GOAL_MB_PER_HOUR && after.timers <= before.timers && after.sockets <= before.sockets,
  })}\n`,
);

/** Every other one as a person would, the rest as a venue would. */
function reconnect(): void {
  const venue = VENUES[done.reconnects % VENUES.length] ?? '';
  if (done.reconnects % 2 === 0) world.venue(venue).reset();
  else void engine.api.request('connections.reconnect', { venue: venue as never });
  done.reconnects += 1;
}

function lookAtAnother(): void {
  for (const source of looking) source.dispose();
  const instrument = instruments[done.switches % instruments.length] as never;
  looking = [
    engine.api.watch('candles', { instrument, interval: '5m' as never }, () => undefined),
    engine.api.watch('book', { instrument, depth: 20 }, () => undefined),
    engine.api.watch('trades', { instrument }, () => undefined),
  ];
  done.switches += 1;
}

function heldMb(): number {
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

/** MB per hour, least squares. */
function slopeOf(points: readonly { readonly hour: number; readonly mb: number }[]): number {
  const mean = (pick: (point: { hour: number; mb: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [hour, mb] = [mean((point) => point.hour), mean((point) => point.mb)];
  const spread = points.reduce((sum, point) => sum + (point.hour - hour) ** 2, 0);
  return points.reduce((sum, point) => sum + (point.hour - hour) * (point.mb - mb), 0) / spread;
}
