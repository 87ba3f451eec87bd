import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { WatchInput, WatchName, WatchSource, WatchUpdates } from '#shared/contract/api.ts';
import { watchInputs } from '#shared/contract/api.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { PROVENANCES } from '#shared/domain/market-data.ts';
import { type Simulator, startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';

// Candles and their memory on real sockets and a real disk. Limits are bounds against hanging, not measurements.

const BTC = instrumentId('binance:BTC-USDT-PERP');
const MINUTE = 60_000;

let simulator: Simulator;
let engine: Engine;
let dataDir: string;
const open: { dispose(): void }[] = [];

function startEngine(): Engine {
  return createEngine({
    clock: systemClock,
    dataDir,
    venues: venuesAt((venue) => (venue.id === 'binance' ? simulator.address.venues[venue.id] : undefined)),
    app: { version: '0.0.0', mode: 'demo', environment: 'simulator', shell: 'headless' },
  });
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-history-'));
  simulator = await startSimulator({ seed: 7 });
  engine = startEngine();
});

afterEach(async () => {
  for (const source of open.splice(0)) source.dispose();
  await engine[Symbol.asyncDispose]();
  await simulator.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

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

async function control(path: string, body?: unknown): Promise<Record<string, unknown>> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(simulator.address.control + path, init);
  return (await answer.json()) as Record<string, unknown>;
}

const page = () => engine.api.request('candles.load', { instrument: BTC, interval: '1m', limit: 1000 });

describe('the memory of charts', { timeout: 40_000 }, () => {
  test('opens a chart without the venue', async () => {
    const first = await page();
    await engine[Symbol.asyncDispose]();
    await simulator.stop();
    // Nothing listens there any more.
    simulator = { ...simulator, stop: async () => undefined };
    engine = startEngine();
    const again = await page();
    // All but the one that was still forming.
    expect([...again.candles.openTime]).toEqual([...first.candles.openTime].slice(0, -1));
  });

  test('begins with what is on disk and asks only for what is missing since', async () => {
    const first = await page();
    await engine[Symbol.asyncDispose]();
    engine = startEngine();
    const asked = async () => {
      const stats = await control('/_sim/stats');
      return JSON.stringify(stats).match(/"[^"]*klines[^"]*":(\d+)/)?.[1];
    };
    const before = await asked();
    const candles = watch('candles', { instrument: BTC, interval: '1m' });
    const start = await candles.until((update) => update.candles.openTime.length > 100);
    const opening = start.candles.openTime.length;
    // The one now forming comes from the venue; everything before was there at once.
    await candles.until((update) => (update.candles.openTime.at(-1) ?? 0) + MINUTE > Date.now());
    expect({ opening, asked: Number(await asked()) - Number(before) }).toEqual({ opening: 500, asked: 1 });
    expect(first.hasOlder).toBe(true);
  });

  test('silent tickers are asked for over REST and shown as such, late at best, until the stream is back', async () => {
    const tickers = watch('tickers', { instruments: [BTC] });
    await tickers.until((update) => update.last[0] !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await control('/_sim/faults', { kind: 'mute', durationMs: 14_000 });
    const health = watch('health', {});
    const polled = await health.until((view) =>
      view.connections.some(
        ({ id, streams }) => id === 'binance/rest' && streams.some(({ state }) => state === 'late'),
      ),
    );
    const rows = polled.connections.find(({ id }) => id === 'binance/rest')?.streams ?? [];
    expect(rows.every(({ state, source }) => state !== 'live' && source === 'rest')).toBe(true);
    const since = Date.now();
    // A price that was told after the mute, over REST.
    await tickers.until((update) => (update.dayReceivedAt[0] ?? 0) > since);
    await health.until((view) => view.connections.every(({ id }) => id !== 'binance/rest'));
  });

  test('after a break every closed candle is the venue’s own, and none is missing', async () => {
    const candles = watch('candles', { instrument: BTC, interval: '1m' });
    const held = new Map<number, readonly [close: number, volume: number, from: string, closed: boolean]>();
    const collect = ({ candles: columns }: WatchUpdates['candles']) => {
      for (const [row, openTime] of columns.openTime.entries()) {
        held.set(openTime, [
          columns.close[row] ?? Number.NaN,
          columns.volume[row] ?? Number.NaN,
          PROVENANCES[columns.provenance[row] ?? 0] ?? 'unknown',
          columns.closed[row] === 1,
        ]);
      }
      return true;
    };
    await candles.until((update) => collect(update) && held.size > 100);
    await control('/_sim/faults', { kind: 'reset' });
    const { until } = watch('log', {});
    await until((entries) => entries.some(({ code }) => code === 'connection.waiting'));
    await until((entries) => entries.some(({ code }) => code === 'connection.live'));
    await candles.until((update) => collect(update) && update.holes.length === 0);
    const truth = (await control('/_sim/truth/candles?symbol=BTCUSDT&interval=1m&limit=50')) as {
      candles: { openTime: number; close: string; volume: string; closed: boolean }[];
    };
    const mine = truth.candles
      .filter(({ closed }) => closed)
      .map(({ openTime }) => held.get(openTime)?.slice(0, 2));
    expect(mine).toEqual(
      truth.candles
        .filter(({ closed }) => closed)
        .map(({ close, volume }) => [Number(close), Number(volume)]),
    );
  });
});
