import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import type { Candle, CandleEvent } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { type CandleFeedOptions, createCandleFeed } from './candle-feed.ts';
import { createCandleLoader } from './candle-load.ts';

const MINUTE = 60_000;
const START = 1_700_000_000_000 - (1_700_000_000_000 % MINUTE);
const BTC = instrumentId('binance:BTC-USDT-PERP');
const candle = (minute: number, closed = true): Candle => ({
  openTime: START + minute * MINUTE,
  open: 1,
  high: 2,
  low: 1,
  close: 2,
  volume: 1,
  closed,
});
const live = (minute: number, closed: boolean): CandleEvent => ({
  kind: 'candle',
  instrument: BTC,
  interval: '1m',
  venueTime: 0,
  receivedAt: 0,
  candle: candle(minute, closed),
});
const settle = async () => {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
};

function start(
  venueHas: () => readonly Candle[],
  failFirst = 0,
  first?: Promise<readonly Candle[]>,
  more: Partial<CandleFeedOptions> = {},
) {
  const clock = createVirtualClock(START + 10 * MINUTE);
  const faults: unknown[] = [];
  const repaired: number[] = [];
  const rest = { failures: failFirst };
  const feed = createCandleFeed({
    instrument: BTC,
    interval: '1m',
    clock,
    maxCandles: 3,
    now: () => clock.now(),
    endsByClock: false,
    isTrusted: () => true,
    loader: createCandleLoader({
      intervals: ['1m'],
      maxCandles: 3,
      omitsEmpty: false,
      now: () => clock.now(),
      tellsReach: false,
      onDropped: () => undefined,
      onShort: () => undefined,
      async load({ from, to = Infinity, limit }) {
        if (rest.failures > 0) {
          rest.failures -= 1;
          throw new Error('unreachable');
        }
        if (first && from === undefined) return first;
        const all = venueHas().filter(({ openTime }) => openTime <= to);
        return from === undefined
          ? all.slice(-limit)
          : all.filter((one) => one.openTime >= from).slice(0, limit);
      },
    }),
    onChange: () => undefined,
    onRepaired: (count) => repaired.push(count),
    onFault: (fault) => faults.push(fault),
    ...more,
  });
  const minutes = () =>
    feed.series.all().map((held) => [(held.openTime - START) / MINUTE, held.closed, held.provenance]);
  return { clock, feed, rest, faults, repaired, minutes };
}

describe('candle feed', () => {
  test('repairs the exact range missed in a break, longer than one answer, and counts it', async () => {
    let last = 1;
    const { feed, repaired, minutes } = start(() =>
      Array.from({ length: last + 1 }, (_, minute) => candle(minute, minute < last)),
    );
    await settle();
    last = 9;
    feed.apply(live(9, false));
    await settle();
    expect(feed.series.holes()).toEqual([]);
    expect(repaired).toEqual([8]);
    expect(minutes()).toEqual([
      [0, true, 'history'],
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((minute) => [minute, true, 'backfilled']),
      [9, false, 'live'],
    ]);
  });

  test('tries a repair again until it succeeds, and says every failure', async () => {
    const { clock, feed, faults } = start(() => [candle(0), candle(1), candle(2), candle(3, false)], 3);
    await settle();
    feed.apply(live(3, false));
    for (let round = 0; round < 5; round += 1) {
      clock.advance(3000);
      await settle();
    }
    expect({ faults: faults.length, holes: feed.series.holes(), held: feed.series.all().length }).toEqual({
      faults: 3,
      holes: [],
      held: 3,
    });
  });

  test('repairs after an interruption even when no later candle reveals a gap', async () => {
    const venue = [candle(0), candle(1, false)];
    const { clock, feed, minutes } = start(() => venue);
    await settle();
    feed.interrupted();
    venue[1] = candle(1);
    clock.advance(3000);
    await settle();
    expect(minutes()).toEqual([
      [0, true, 'history'],
      [1, true, 'backfilled'],
    ]);
  });

  test('loads the history at last though the stream broke before the first try had succeeded', async () => {
    const { clock, feed } = start(() => [candle(0), candle(1), candle(2, false)], 1);
    feed.apply(live(2, false));
    await settle();
    feed.interrupted();
    for (let round = 0; round < 4; round += 1) {
      clock.advance(3000);
      await settle();
    }
    expect(feed.series.all().length).toBe(3);
  });

  test('repairs a close that was missed before the history was in', async () => {
    let answer: (candles: readonly Candle[]) => void = () => undefined;
    const venue = [candle(0), { ...candle(1), close: 7, high: 7 }, candle(2, false)];
    const first = new Promise<readonly Candle[]>((resolve) => (answer = resolve));
    const { feed, minutes } = start(() => venue, 0, first);
    feed.apply(live(1, false));
    feed.apply(live(2, false));
    answer([candle(0), candle(1, false)]);
    await settle();
    expect(minutes()).toEqual([
      [0, true, 'history'],
      [1, true, 'backfilled'],
      [2, false, 'live'],
    ]);
  });

  test('repairs what fell due while a question in the place of the stream was failing', async () => {
    const venue = [candle(0), candle(1, false)];
    const { feed, rest } = start(() => venue);
    await settle();
    rest.failures = 1;
    const asked = feed.refresh().catch(() => 'failed');
    venue.splice(1, 1, candle(1), candle(2), candle(3), candle(4, false));
    feed.apply(live(4, false));
    expect(await asked).toBe('failed');
    await settle();
    expect(feed.series.holes()).toEqual([]);
  });

  test('keeps the hole of one break in mind through the next ones, until REST answers again', async () => {
    const all = Array.from({ length: 40 }, (_, minute) => candle(minute));
    let last = 1;
    const { clock, feed, rest } = start(() => all.slice(0, last + 1));
    await settle();
    rest.failures = Number.POSITIVE_INFINITY;
    // Every two minutes the stream comes back for a minute: each break costs one candle, and twelve are held after.
    for (let minute = 3; minute <= 33; minute += 2) {
      feed.interrupted();
      last = minute;
      feed.apply(live(minute, false));
      feed.apply(live(minute, true));
      await settle();
    }
    rest.failures = 0;
    for (let round = 0; round < 3; round += 1) {
      clock.advance(3000);
      await settle();
    }
    expect(feed.series.holes()).toEqual([]);
  });

  test('ends nothing by the clock and draws no silence over a stream that was away, though REST answered meanwhile', async () => {
    let isTrusted = true;
    const venue = [candle(8), candle(9), { ...candle(10, false), close: 1, high: 1 }];
    const { clock, feed } = start(() => venue, 0, undefined, {
      endsByClock: true,
      isTrusted: () => isTrusted,
      maxCandles: 100,
    });
    await settle();
    isTrusted = false;
    feed.interrupted();
    clock.advance(3000);
    await settle(); // the venue's REST answers: the repair is through
    clock.advance(5 * MINUTE);
    venue.splice(2, 1, candle(10), candle(11), candle(12), candle(13), candle(14), candle(15, false));
    isTrusted = true;
    feed.apply(live(15, false));
    const seen = feed.series
      .all()
      .map(({ openTime, close, volume }) => [(openTime - START) / MINUTE, close, volume]);
    await settle();
    expect([seen, feed.series.holes()]).toEqual([
      [
        [8, 2, 1],
        [9, 2, 1],
        [10, 1, 1],
        [15, 2, 1],
      ],
      [],
    ]);
  });

  test('goes on ending candles by the clock where the stream is back and nothing is traded', async () => {
    let isTrusted = true;
    const { clock, feed, minutes } = start(() => [candle(9), candle(10, false)], 0, undefined, {
      endsByClock: true,
      isTrusted: () => isTrusted,
      maxCandles: 100,
    });
    await settle();
    isTrusted = false;
    feed.interrupted();
    clock.advance(5 * MINUTE);
    await settle();
    const away = minutes();
    isTrusted = true;
    for (let second = 0; second < 5; second += 1) {
      clock.advance(1000);
      await settle();
    }
    expect([away, minutes()]).toEqual([
      [
        [9, true, 'history'],
        [10, false, 'history'],
      ],
      [
        [9, true, 'history'],
        ...[10, 11, 12, 13, 14].map((minute) => [minute, true, minute === 10 ? 'history' : 'built']),
      ],
    ]);
  });

  test('leaves no timer behind when disposed', async () => {
    const { clock, feed } = start(() => [], 100);
    await settle();
    feed.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
