// A chart from disk, and a hole filled: how long from asking for 5,000 remembered candles to their columns, and from
// opening a chart whose last ten minutes are missing to the candle that forms now. On a simulator. Prints one JSON.
// `node bench/history.ts [rounds]`
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { createEngine } from '../src/engine/engine.ts';
import { systemClock } from '../src/shared/base/system-clock.ts';
import { instrumentId } from '../src/shared/domain/instrument.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { venuesAt } from '../src/venues/registry.ts';
import { median, rounded } from './kit/statistics.ts';

const CANDLES = 5000;
const PAGE = 1000;
const MINUTE = 60_000;
const BTC = instrumentId('binance:BTC-USDT-PERP');
const [roundsText = '7'] = process.argv.slice(2);
const dataDir = mkdtempSync(join(tmpdir(), 'heartline-bench-history-'));
const simulator = await startSimulator({ seed: 7 });
const opening: number[] = [];
const filling: number[] = [];
let fileBytes = 0;

function engine() {
  return createEngine({
    clock: systemClock,
    dataDir,
    venues: venuesAt((venue) => simulator.address.venues[venue.id]),
    app: { version: 'bench', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
}
type Engine = ReturnType<typeof engine>;

/** Page after page from the present back, as a chart asks; the open times, oldest first. */
async function openChart({ api }: Engine): Promise<readonly number[]> {
  let openTimes: number[] = [];
  while (openTimes.length < CANDLES) {
    const [before] = openTimes;
    const asked = { instrument: BTC, interval: '1m' as const, limit: PAGE };
    const page = await api.request('candles.load', before === undefined ? asked : { ...asked, before });
    if (page.candles.openTime.length === 0) throw new Error('the past has ended');
    openTimes = [...page.candles.openTime, ...openTimes];
  }
  return openTimes;
}

/** Until the live candles reach the present without a hole, ms. */
async function fill({ api }: Engine, since: number): Promise<number> {
  const held = new Set<number>();
  let wake: () => void = () => undefined;
  const source = api.watch('candles', { instrument: BTC, interval: '1m' }, () => wake());
  try {
    for (;;) {
      const update = source.take();
      for (const openTime of update?.candles.openTime ?? []) held.add(openTime);
      const present = Math.floor(Date.now() / MINUTE) * MINUTE;
      const isWhole = Array.from({ length: 12 }, (_, index) => present - index * MINUTE).every((openTime) =>
        held.has(openTime),
      );
      if (isWhole) return performance.now() - since;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    source.dispose();
  }
}

try {
  {
    await using first = engine();
    await openChart(first);
  }
  for (let round = 0; round < Number(roundsText); round += 1) {
    const database = new Sqlite(join(dataDir, 'history.db'));
    const since = Math.floor(Date.now() / MINUTE) * MINUTE - 10 * MINUTE;
    database.prepare('delete from candles where open_time >= ?').run(since);
    database.close();
    await using again = engine();
    const openedAt = performance.now();
    const openTimes = await openChart(again);
    opening.push(performance.now() - openedAt);
    if ((openTimes.at(-1) ?? 0) !== since - MINUTE) throw new Error('that was not read from disk');
    filling.push(await fill(again, performance.now()));
  }
  fileBytes = statSync(join(dataDir, 'history.db')).size;
} finally {
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
const worst = { open: Math.max(...opening), fill: Math.max(...filling) };
process.stdout.write(
  `${JSON.stringify({
    bench: 'history',
    candles: CANDLES,
    openFromDiskMs: { median: rounded(median(opening)), worst: rounded(worst.open), goal: 150 },
    fillTenMinutesMs: { median: rounded(median(filling)), worst: rounded(worst.fill), goal: 2000 },
    fileKb: Math.round(fileBytes / 1024),
    met: median(opening) <= 150 && median(filling) <= 2000,
  })}\n`,
);
