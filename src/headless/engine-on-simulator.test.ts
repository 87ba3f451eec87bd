import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { WatchInput, WatchName, WatchSource, WatchUpdates } from '#shared/contract/api.ts';
import { watchInputs } from '#shared/contract/api.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';

// The whole price path on real sockets: simulator → venue codec → engine → what a window would be given.
// Limits are generous bounds against hanging, not measurements.

const BTC = instrumentId('binance:BTC-USDT-PERP');
const LIMIT_MS = 40_000;

let simulator: Simulator;
let engine: Engine;
let dataDir: string;
const open: { dispose(): void }[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-engine-'));
  simulator = await startSimulator({ seed: 7 });
  engine = createEngine({
    clock: systemClock,
    dataDir,
    venues: venuesAt((venue) => simulator.address.venues[venue.id]),
    app: { version: '0.0.0', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
});

afterEach(async () => {
  for (const source of open.splice(0)) source.dispose();
  await engine[Symbol.asyncDispose]();
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Opens a watch as a window would and waits until its updates satisfy `until`. */
function watch<Name extends WatchName>(name: Name, input: WatchInput<Name>) {
  let wake: () => void = () => undefined;
  const checked = watchInputs[name].parse(input);
  const source: WatchSource<WatchUpdates[Name]> = engine.api.watch(name, checked as never, () => wake());
  open.push(source);
  return {
    async until(satisfied: (update: WatchUpdates[Name]) => boolean): Promise<WatchUpdates[Name]> {
      for (;;) {
        const update = source.take();
        if (update !== undefined && satisfied(update)) return update;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function control(path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(simulator.address.control + path, init);
  return { status: answer.status, ...((await answer.json()) as object) };
}

/** Both spellings of a level ('83860.20', 8386020 at scale 2) as the same pair of numbers. */
const levels = (flat: Float64Array, priceScale: number, quantityScale: number) =>
  Array.from({ length: flat.length / 2 }, (_, index) => [
    (flat[index * 2] ?? 0) / 10 ** priceScale,
    (flat[index * 2 + 1] ?? 0) / 10 ** quantityScale,
  ]);

/** The book shown equals the simulator's own at the same update. */
async function expectTrueBook(view: WatchUpdates['book']): Promise<void> {
  const path = `/_sim/truth/book?symbol=BTCUSDT&updateId=${view.updateId}&limit=20`;
  const truth = (await control(path)) as Record<'bids' | 'asks', [string, string][]>;
  expect({
    bids: levels(view.bids, view.priceScale, view.quantityScale),
    asks: levels(view.asks, view.priceScale, view.quantityScale),
  }).toEqual({
    bids: truth.bids.map((level) => level.map(Number)),
    asks: truth.asks.map((level) => level.map(Number)),
  });
}

describe('engine on the simulator', { timeout: LIMIT_MS }, () => {
  test('shows the true book, again after lost, doubled and swapped frames', async () => {
    const book = watch('book', { instrument: BTC, depth: 20 });
    await expectTrueBook(await book.until((view) => view.state === 'live'));
    for (const fault of [
      { kind: 'gap', symbol: 'BTCUSDT', count: 1 },
      { kind: 'duplicate', symbol: 'BTCUSDT', stream: 'depth', durationMs: 500 },
      { kind: 'reorder', symbol: 'BTCUSDT', stream: 'depth', durationMs: 500 },
      { kind: 'garbage', symbol: 'BTCUSDT', stream: 'depth', count: 3 },
    ]) {
      await control('/_sim/faults', fault);
      await new Promise((resolve) => setTimeout(resolve, 700));
      const view = await book.until((candidate) => candidate.state === 'live');
      await expectTrueBook(view);
    }
    const health = await watch('health', {}).until(() => true);
    const row = health.connections.flatMap((one) => one.streams).find((one) => one.stream === `book ${BTC}`);
    expect(row?.gaps).toBeGreaterThanOrEqual(1);
    expect(row?.resyncs).toBeGreaterThanOrEqual(1);
  });

  test('misses no trade over a reset of every socket, and says what happened', async () => {
    const trades = watch('trades', { instrument: BTC });
    let ids: string[] = [];
    const collect = (update: WatchUpdates['trades']) => {
      ids = update.restart ? [...update.ids] : [...ids, ...update.ids];
      return true;
    };
    await trades.until((update) => collect(update) && ids.length >= 20);
    const first = ids.at(-1) ?? '';
    await control('/_sim/faults', { kind: 'reset' });
    const log = watch('log', {});
    await log.until((entries) => entries.some((entry) => entry.code === 'connection.waiting'));
    await log.until((entries) => entries.some((entry) => entry.code === 'connection.live'));
    // The repair sends the whole tape again; wait for it, then for a few more trades.
    await trades.until((update) => collect(update) && update.restart && ids.includes(first));
    const target = ids.length + 20;
    await trades.until((update) => collect(update) && ids.length >= target);
    const numbers = ids.map(Number);
    const gaps = numbers.filter((id, index) => index > 0 && id !== (numbers[index - 1] ?? 0) + 1);
    expect(gaps).toEqual([]);
  });

  test('gives a thousand candles of history that join the live ones without a hole', async () => {
    const page = await engine.api.request('candles.load', { instrument: BTC, interval: '1m', limit: 1000 });
    const live = await watch('candles', { instrument: BTC, interval: '1m' }).until(
      (update) => update.candles.openTime.length > 100,
    );
    const all = [...new Set([...page.candles.openTime, ...live.candles.openTime])].sort((a, b) => a - b);
    const steps = new Set(all.slice(1).map((openTime, index) => openTime - (all[index] ?? 0)));
    expect({
      loaded: page.candles.openTime.length,
      hasOlder: page.hasOlder,
      steps: [...steps],
      holes: live.holes.length,
    }).toEqual({
      loaded: 1000,
      hasOlder: true,
      steps: [60_000],
      holes: 0,
    });
  });

  test('never calls a muted venue live, and comes back by itself', async () => {
    const tickers = watch('tickers', { instruments: [BTC] });
    await tickers.until((update) => update.last[0] !== undefined);
    const health = watch('health', {});
    // The sockets: what is asked for over REST meanwhile is a connection of its own, and never live.
    const states = (view: WatchUpdates['health']) =>
      view.connections.filter(({ id }) => !id.endsWith('/rest')).map((one) => one.state.kind);
    await health.until(
      (view) => states(view).length === 2 && states(view).every((state) => state === 'live'),
    );
    // A rhythm has to be seen before its absence means anything.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await control('/_sim/faults', { kind: 'mute', durationMs: 12_000 });
    await health.until((view) => states(view).every((state) => state === 'degraded' || state === 'stale'));
    await health.until((view) => states(view).every((state) => state === 'stale'));
    await health.until((view) => states(view).every((state) => state === 'live'));
  });

  test('refuses an instrument the venue does not list, with a word', async () => {
    const unknown = instrumentId('binance:NOPE-USDT-PERP');
    await expect(watch('book', { instrument: unknown, depth: 5 }).until(() => false)).rejects.toMatchObject({
      code: 'instrument.unknown',
    });
    await expect(
      engine.api.request('candles.load', { instrument: unknown, interval: '1m', limit: 10 }),
    ).rejects.toMatchObject({ code: 'instrument.unknown' });
  });

  test('keeps saying that the connections are down when the venue is gone', async () => {
    const tickers = watch('tickers', { instruments: [BTC] });
    await tickers.until((update) => update.last[0] !== undefined);
    await simulator.stop();
    const view = await watch('health', {}).until((candidate) =>
      candidate.connections.every((one) => one.state.kind === 'waiting'),
    );
    const rows = view.connections.flatMap((one) => one.streams.map((stream) => stream.state));
    expect(rows.every((state) => state === 'stale' || state === 'pending')).toBe(true);
  });
});
