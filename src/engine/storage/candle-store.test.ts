import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { ProvenCandle } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { type CandleStoreOptions, openCandleStore } from './candle-store.ts';

const MINUTE = 60_000;
const BTC = { instrument: instrumentId('binance:BTC-USDT-PERP'), interval: '1m' } as const;
const ETH = { instrument: instrumentId('binance:ETH-USDT-PERP'), interval: '1m' } as const;
const candle = (minute: number, more: Partial<ProvenCandle> = {}): ProvenCandle => ({
  openTime: minute * MINUTE,
  open: 100.1,
  high: 300.3,
  low: 50.5,
  close: 200.2,
  volume: minute + 0.25,
  closed: true,
  provenance: 'live',
  ...more,
});
const run = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => candle(from + index));

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-candles-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function open(bounds: Pick<CandleStoreOptions, 'maxBytes' | 'maxPerSeries'> = {}, startedAt?: number) {
  const clock = createVirtualClock(startedAt);
  const log = createEventLog(clock);
  const store = openCandleStore({ dataDir, clock, log, ...bounds });
  const minutes = (key = BTC, limit = 10_000, before?: number) =>
    store.read(key as typeof BTC, limit, before).map(({ openTime }) => openTime / MINUTE);
  return { clock, log, store, minutes };
}

describe('candle store', () => {
  test('gives back what was put, with where it came from, after the next opening', () => {
    const first = open();
    const put = [candle(1, { provenance: 'backfilled' }), candle(2, { provenance: 'verified' })];
    first.store.put(BTC, put);
    first.store.dispose();
    const { store } = open();
    expect([store.read(BTC, 10), store.read(ETH, 10)]).toEqual([put, []]);
    store.dispose();
  });

  test('writes within a second, once for all that came, and leaves no timer behind', () => {
    const { clock, store } = open();
    store.put(BTC, run(0, 3));
    store.put(ETH, run(0, 3));
    const waiting = clock.pendingTimers;
    clock.advance(1000);
    const rows = countRows();
    store.dispose();
    expect({ waiting, rows, left: clock.pendingTimers }).toEqual({ waiting: 1, rows: 6, left: 0 });
  });

  test('keeps no open candle, and the latest of a candle put twice', () => {
    const { store } = open();
    store.put(BTC, [candle(1), candle(2, { closed: false })]);
    store.put(BTC, [candle(1, { close: 3, provenance: 'corrected' })]);
    expect(store.read(BTC, 10)).toEqual([candle(1, { close: 3, provenance: 'corrected' })]);
    store.dispose();
  });

  test('gives only what joins: a run without a break, ending with the newest or before the time asked for', () => {
    const { store, minutes } = open();
    store.put(BTC, [...run(0, 5), ...run(7, 10)]);
    expect([
      minutes(),
      minutes(BTC, 2),
      minutes(BTC, 10, 5 * MINUTE),
      minutes(BTC, 10, 7 * MINUTE),
      minutes(BTC, 10, 4 * MINUTE),
    ]).toEqual([[7, 8, 9], [8, 9], [0, 1, 2, 3, 4], [], [0, 1, 2, 3]]);
    store.dispose();
  });

  test('lets the oldest candles of a series go that is too long, and says so', () => {
    const { clock, store, log, minutes } = open({ maxPerSeries: 100 });
    store.put(BTC, run(0, 150));
    clock.advance(1000);
    expect([minutes().length, minutes()[0]]).toEqual([100, 50]);
    expect(log.entries.map(({ code, details }) => [code, details['count']])).toEqual([
      ['history.pruned', 50],
    ]);
    store.dispose();
  });

  test('makes room from the series that was not used for longest', () => {
    const first = open();
    first.store.put(BTC, run(0, 3000));
    first.clock.advance(60_000);
    first.store.put(ETH, run(0, 3000));
    first.clock.advance(60_000);
    first.store.read(BTC, 1);
    first.clock.advance(60_000);
    first.store.dispose();
    const { clock, store, minutes } = open({ maxBytes: 330_000 }, first.clock.now());
    store.put(BTC, run(3000, 3001));
    clock.advance(1000);
    const [btc, eth] = [minutes(BTC), minutes(ETH as never)];
    expect({ btc: [btc.length, btc.at(-1)], eth: [eth.length, eth[0], eth.at(-1)] }).toEqual({
      btc: [3001, 3000],
      eth: [1500, 1500, 2999],
    });
    store.dispose();
  });

  test('sets a damaged file aside, says so, and goes on with an empty one', () => {
    const first = open();
    first.store.put(BTC, run(0, 5000));
    first.store.dispose();
    truncateSync(join(dataDir, 'history.db'), 50_000);
    const { store, log, minutes } = open();
    store.put(BTC, run(0, 2));
    expect([minutes(), log.entries.map(({ code }) => code)]).toEqual([[0, 1], ['database.broken']]);
    store.dispose();
    writeFileSync(join(dataDir, 'history.db'), 'nonsense'.repeat(1000));
    open().store.dispose();
    expect(readdirSync(dataDir).filter((name) => name.includes('.broken-')).length).toBeGreaterThanOrEqual(1);
  });

  test('refuses nothing after its end, and keeps nothing', () => {
    const { store, clock } = open();
    store.dispose();
    store.put(BTC, run(0, 5));
    expect([store.read(BTC, 5), clock.pendingTimers]).toEqual([[], 0]);
  });

  test('a process that is killed while it writes loses at most the last second, and damages nothing', async () => {
    const lost: number[] = [];
    for (const killAfter of [400, 1250, 1800]) {
      const folder = mkdtempSync(join(dataDir, 'killed-'));
      const writer = fileURLToPath(new URL('./test-kit/candle-writer.ts', import.meta.url));
      const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const said: (readonly [minutes: number, at: number])[] = [];
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) said.push(line.split(' ').map(Number) as [number, number]);
      });
      await new Promise<void>((resolve) => {
        // Counted from its first word: how long a start takes is not the question.
        child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), killAfter));
        child.once('close', () => resolve());
      });
      const clock = createVirtualClock();
      const log = createEventLog(clock);
      const store = openCandleStore({ dataDir: folder, clock, log });
      const kept = store.read(BTC, 1_000_000);
      store.dispose();
      expect(log.entries).toEqual([]);
      // Whole transactions only: what is there begins at the first and has no break.
      expect(kept.map(({ openTime }) => openTime)).toEqual(kept.map((_, index) => index * MINUTE));
      const killedAt = said.at(-1)?.[1] ?? 0;
      const firstLost = said.find(([minutes]) => minutes > kept.length)?.[1] ?? killedAt;
      lost.push(killedAt - firstLost);
    }
    // The second it may lose, and as long again for a machine that is busy with other things.
    expect(lost.filter((ms) => ms > 2000)).toEqual([]);
  });
});

function countRows(): number {
  const database = new Sqlite(join(dataDir, 'history.db'), { readonly: true });
  const { n } = database.prepare('select count(*) as n from candles').get() as { n: number };
  database.close();
  return n;
}
