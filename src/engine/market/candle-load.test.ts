import { describe, expect, test } from 'vitest';
import { type Interval, nextOpenTime, openTimeAt } from '#shared/domain/interval.ts';
import type { Candle, ProvenCandle } from '#shared/domain/market-data.ts';
import { aggregateCandles, coverCandle, divides, foldCandles, largestDivisor } from './candle-aggregate.ts';
import { createCandleLoader, type PageQuery } from './candle-load.ts';
import { fillSilence, tidyCandles } from './candle-tidy.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 31, 12, 0, 0);
const candle = (openTime: number, close = 1, more: Partial<Candle> = {}): Candle => ({
  openTime,
  open: 1,
  high: Math.max(1, close),
  low: Math.min(1, close),
  close,
  volume: 1,
  closed: true,
  ...more,
});

/** A venue that knows these candles; `answer` may spoil what it says. */
function start(options: {
  readonly intervals?: readonly Interval[];
  readonly omitsEmpty?: boolean;
  readonly tellsReach?: boolean;
  readonly maxCandles?: number;
  readonly has: (interval: Interval) => readonly Candle[];
  readonly spoil?: (candles: readonly Candle[]) => readonly Candle[];
  readonly now?: number;
}) {
  const asked: PageQuery[] = [];
  const dropped: number[] = [];
  const short: Interval[] = [];
  const loader = createCandleLoader({
    intervals: options.intervals ?? ['1m'],
    maxCandles: options.maxCandles ?? 10,
    omitsEmpty: options.omitsEmpty ?? false,
    tellsReach: options.tellsReach ?? false,
    now: () => options.now ?? NOW,
    onDropped: (_interval, count) => dropped.push(count),
    onShort: (interval) => short.push(interval),
    async load(query) {
      asked.push(query);
      const { from, to = Number.POSITIVE_INFINITY, limit } = query;
      const within = options
        .has(query.interval)
        .filter(({ openTime }) => openTime >= (from ?? 0) && openTime <= to);
      const before = options.has(query.interval).findLast(({ openTime }) => openTime < (from ?? 0));
      const page = from === undefined ? within.slice(-limit) : within.slice(0, limit);
      return (options.spoil ?? ((same) => same))(
        options.tellsReach && before && within.length < limit ? [before, ...page] : page,
      );
    },
  });
  const range = async (interval: Interval, from: number, to: number) => {
    const all: (Candle | ProvenCandle)[] = [];
    for await (const page of loader.range({ interval, from, to })) all.push(...page);
    return all;
  };
  return { loader, asked, dropped, short, range };
}
const minutes = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => candle(from + index * MINUTE, 1 + index));
const openTimes = (candles: readonly Candle[]) => candles.map(({ openTime }) => openTime);

describe('candles over REST', () => {
  const from = NOW - 60 * MINUTE;

  test('are asked for again from where an answer ended that was shorter than promised', async () => {
    const all = minutes(from, 60);
    const { range, asked } = start({ has: () => all, spoil: (answer) => answer.slice(0, 3) });
    expect(await range('1m', from, NOW - MINUTE)).toEqual(all);
    expect(asked.length).toBe(20);
  });

  test('are asked for again where the older half of every answer is missing, and none is made up', async () => {
    const all = minutes(from, 60);
    const spoil = (answer: readonly Candle[]) => answer.slice(-Math.ceil(answer.length / 2));
    const plain = start({ has: () => all, spoil });
    const sparse = start({ has: () => all, spoil, omitsEmpty: true, tellsReach: true });
    expect([
      await plain.range('1m', from, NOW - MINUTE),
      await sparse.range('1m', from, NOW - MINUTE),
      plain.short.length > 0,
      sparse.short.length > 0,
    ]).toEqual([all, all, true, true]);
  });

  test('leave a hole where an answer does not reach back and asking again does not help', async () => {
    const all = minutes(from, 10);
    const { loader } = start({ has: () => all.slice(6), omitsEmpty: true, tellsReach: true });
    const got: (Candle | ProvenCandle)[] = [];
    const before = { openTime: from, close: 9 };
    for await (const page of loader.range({ interval: '1m', from, to: from + 9 * MINUTE }, before))
      got.push(...page);
    expect(openTimes(got)).toEqual(openTimes(all.slice(6)));
  });

  test('come in order and once, whatever order and repetition the answer has', async () => {
    const all = minutes(from, 8);
    const { range, dropped } = start({
      has: () => all,
      spoil: (answer) => [...answer].reverse().concat(answer[2] ?? [], { ...candle(from), high: 0.5 }),
    });
    expect(await range('1m', from, from + 7 * MINUTE)).toEqual(all);
    expect(dropped).toEqual([2]);
  });

  test('leave a hole where the venue has none and never leaves one out', async () => {
    const all = minutes(from, 30).filter((_, index) => index < 4 || index > 25);
    const { range } = start({ has: () => all });
    expect(openTimes(await range('1m', from, from + 29 * MINUTE))).toEqual(openTimes(all));
  });

  test('are flat where a venue leaves out what was not traded, over whole pages of silence', async () => {
    const all = minutes(from, 50).filter((_, index) => index < 2 || index > 35);
    const { range } = start({ has: () => all, omitsEmpty: true, tellsReach: true });
    const got = await range('1m', from, from + 49 * MINUTE);
    expect(openTimes(got)).toEqual(openTimes(minutes(from, 50)));
    expect(got[20]).toEqual({
      ...candle(from + 20 * MINUTE),
      open: 2,
      high: 2,
      low: 2,
      close: 2,
      volume: 0,
      provenance: 'built',
    });
  });

  test('are made of the largest shorter ones where the venue lacks the interval, over the end of a month', async () => {
    const hour = 60 * MINUTE;
    const start31 = Date.UTC(2026, 0, 31);
    const hours = Array.from({ length: 60 }, (_, index) => candle(start31 + index * hour, index + 1));
    const now = start31 + 59 * hour + 1;
    const { loader, asked } = start({
      intervals: ['1m', '1h'],
      maxCandles: 50,
      has: () => hours.map((one, index) => ({ ...one, closed: index < 59 })),
      now,
    });
    const page = await loader.page({ interval: '12h', limit: 5 });
    expect(new Set(asked.map(({ interval }) => interval))).toEqual(new Set(['1h']));
    expect(
      page.map(({ openTime, close, volume, closed }) => [openTime - start31, close, volume, closed]),
    ).toEqual([
      [0, 12, 12, true],
      [12 * hour, 24, 12, true],
      [24 * hour, 36, 12, true],
      [36 * hour, 48, 12, true],
      [48 * hour, 60, 12, false],
    ]);
  });
});

describe('candles of candles', () => {
  test('weeks and months are tiled by days and less, never by weeks', () => {
    expect([
      largestDivisor('1M', ['1m', '1h', '4h', '1d', '1w']),
      largestDivisor('1w', ['1m', '3d', '12h']),
      largestDivisor('8h', ['1m', '30m', '1h', '4h', '6h']),
      largestDivisor('1m', ['1h']),
      divides('1w', '1M'),
    ]).toEqual(['1d', '12h', '4h', undefined, false]);
  });

  test('a month has as many days as it has, and a leap day counts', () => {
    const february = Date.UTC(2028, 1, 1);
    const days = Array.from({ length: 29 + 31 }, (_, index) =>
      candle(february + index * 86_400_000, index + 1),
    );
    expect(
      aggregateCandles(days, '1d', '1M').map(({ openTime, volume, close }) => [openTime, volume, close]),
    ).toEqual([
      [february, 29, 29],
      [Date.UTC(2028, 2, 1), 31, 60],
    ]);
  });

  test('one that lacks a part in its middle is a hole, not a wrong candle', () => {
    const parts = minutes(0, 15).filter((_, index) => index !== 7);
    expect(openTimes(aggregateCandles(parts, '1m', '5m'))).toEqual([0, 10 * MINUTE]);
  });

  test('a silent part gives neither open nor high nor low', () => {
    const silent = { ...candle(0), open: 50, high: 50, low: 50, close: 50, volume: 0 };
    expect(
      foldCandles(0, [silent, candle(MINUTE, 3), { ...silent, openTime: 2 * MINUTE }], false),
    ).toMatchObject({
      open: 1,
      high: 3,
      low: 1,
      close: 3,
      volume: 1,
    });
    expect(foldCandles(0, [silent], true)).toMatchObject({ open: 50, close: 50, volume: 0 });
  });

  test('the one now forming is covered by the longest closed parts and the live minute, none twice', () => {
    const day = Date.UTC(2026, 2, 1);
    const hours = new Map(
      [0, 1].map((hour) => [day + hour * 3_600_000, candle(day + hour * 3_600_000, 9, { volume: 60 })]),
    );
    const at = (minute: number) => day + 2 * 3_600_000 + minute * MINUTE;
    const live = new Map(
      [0, 1, 2].map((minute) => [at(minute), candle(at(minute), 5, { closed: minute < 2 })]),
    );
    const covered = coverCandle(
      '1d',
      day,
      day,
      [
        { interval: '1h', get: (openTime) => hours.get(openTime) },
        { interval: '1m', get: (openTime) => live.get(openTime) },
      ],
      at(3),
    );
    expect(covered).toMatchObject({
      isWhole: true,
      candle: { volume: 123, close: 5, high: 9, closed: false },
    });
    live.delete(at(1));
    expect(
      coverCandle('1d', day, day, [{ interval: '1m', get: (openTime) => live.get(openTime) }], at(3))
        ?.isWhole,
    ).toBe(false);
  });
});

describe('answers put right', () => {
  test('of two pictures of one candle the one that holds more stays', () => {
    const open = candle(0, 3, { volume: 9, closed: false });
    expect(tidyCandles([open, candle(0, 2, { volume: 5 }), candle(0, 4, { volume: 7 })])).toEqual({
      candles: [candle(0, 4, { volume: 7 })],
      dropped: 2,
    });
  });

  test('a silence longer than any chart stays a gap', () => {
    expect(fillSilence([candle(0), candle(9000 * MINUTE)], '1m', 0).length).toBe(2);
  });

  test('the period that may still be traded in is not called silent', () => {
    expect(openTimes(fillSilence([candle(0)], '1m', 3 * MINUTE + 1))).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(openTimeAt('1M', nextOpenTime('1M', Date.UTC(2026, 0, 1)))).toBe(Date.UTC(2026, 1, 1));
  });
});
