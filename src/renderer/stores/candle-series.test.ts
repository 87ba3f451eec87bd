import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CandleSeries, countBetween, createCandleSeries } from './candle-series.ts';
import { candleColumns as columns, MINUTE, candleUpdate as update } from './test-kit/candle-columns.ts';

function seen(series: CandleSeries): [number, number][] {
  return series.candles.map((candle) => [candle.openTime / MINUTE, candle.close]);
}

describe('the candles a window holds', () => {
  it('append and replace at the end, and say from where they changed', () => {
    const series = createCandleSeries('1m');
    const changes = [
      series.addPage(columns([1, 2, 3].map((minute) => ({ minute, close: minute })))),
      series.apply(update({ minute: 3, close: 33, closed: false })),
      series.apply(update({ minute: 3, close: 34 }, { minute: 4, close: 4, closed: false })),
      series.apply(update()),
    ];
    expect({ changes, held: seen(series) }).toEqual({
      changes: [{ kind: 'all' }, { kind: 'from', index: 2 }, { kind: 'from', index: 2 }, { kind: 'none' }],
      held: [
        [1, 1],
        [2, 2],
        [3, 34],
        [4, 4],
      ],
    });
  });

  it('put an older page in front without doubling the candle where the pages meet', () => {
    const series = createCandleSeries('1m');
    series.addPage(columns([5, 6, 7].map((minute) => ({ minute, close: minute }))));
    series.addPage(columns([3, 4, 5].map((minute) => ({ minute, close: minute }))));
    expect(seen(series).map(([minute]) => minute)).toEqual([3, 4, 5, 6, 7]);
  });

  it('believe the engine about holes where it has looked, and the missing open times elsewhere', () => {
    const series = createCandleSeries('1m');
    // The engine holds 10 … 20; it knows that 15 is missing and that 12 simply had no candle.
    const held = [10, 11, 13, 14, 16, 17, 18, 19, 20].map((minute) => ({ minute, close: minute }));
    series.apply({ ...update(...held), holes: Float64Array.of(15 * MINUTE) });
    series.addPage(columns([2, 3, 6].map((minute) => ({ minute, close: minute }))));
    const holes = () => series.holes().map((hole) => [hole.from / MINUTE, hole.count]);
    const before = holes();
    // The stream skips a minute nobody says is missing, then the engine names it.
    series.apply({
      ...update({ minute: 22, close: 22, closed: false }),
      holes: Float64Array.of(15 * MINUTE),
    });
    const skipped = holes();
    const change = series.apply({
      ...update({ minute: 22, close: 23, closed: false }),
      holes: Float64Array.of(15 * MINUTE, 21 * MINUTE),
    });
    series.apply(update({ minute: 15, close: 15, provenance: 'backfilled' }));
    expect({ before, skipped, change, repaired: holes() }).toEqual({
      before: [
        [4, 2],
        [7, 3],
        [15, 1],
      ],
      skipped: [
        [4, 2],
        [7, 3],
        [15, 1],
      ],
      change: { kind: 'all' },
      repaired: [
        [4, 2],
        [7, 3],
        [21, 1],
      ],
    });
  });

  it('never let a page overwrite what the stream said meanwhile', () => {
    const series = createCandleSeries('1m');
    series.apply(update({ minute: 3, close: 99, closed: false }));
    series.addPage(columns([2, 3].map((minute) => ({ minute, close: minute }))));
    expect(seen(series)).toEqual([
      [2, 2],
      [3, 99],
    ]);
  });

  it('let a page correct what was held before the stream began again', () => {
    const series = createCandleSeries('1m');
    series.addPage(columns([{ minute: 1, close: 1 }]));
    series.apply(update({ minute: 2, close: 2, closed: false }));
    series.restart();
    series.apply(update({ minute: 4, close: 4, closed: false }));
    series.addPage(columns([1, 2, 3, 4].map((minute) => ({ minute, close: minute * 10 }))));
    expect(seen(series)).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 4],
    ]);
  });

  it('name the holes, and close them when a repair arrives', () => {
    const series = createCandleSeries('1m');
    series.addPage(columns([1, 2, 6, 7, 9].map((minute) => ({ minute, close: minute }))));
    const before = series.holes();
    const change = series.apply(
      update(...[3, 4, 5].map((minute) => ({ minute, close: minute, provenance: 'backfilled' as const }))),
    );
    expect({ before, change, after: series.holes(), backfilled: series.counts().backfilled }).toEqual({
      before: [
        { from: 3 * MINUTE, to: 6 * MINUTE, count: 3 },
        { from: 8 * MINUTE, to: 9 * MINUTE, count: 1 },
      ],
      change: { kind: 'from', index: 2 },
      after: [{ from: 8 * MINUTE, to: 9 * MINUTE, count: 1 }],
      backfilled: 3,
    });
  });

  it('count holes in calendar months', () => {
    expect(countBetween('1M', Date.UTC(2026, 0, 1), Date.UTC(2026, 3, 1))).toBe(3);
  });

  it('end the same, sorted and without doubles, in whatever order updates and pages of distinct candles come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (minutes, asPage) => {
          const series = createCandleSeries('1m');
          for (const [index, minute] of minutes.entries()) {
            const row = { minute, close: minute };
            if (asPage[index]) series.addPage(columns([row]));
            else series.apply(update(row));
          }
          const sorted = [...minutes].sort((one, other) => one - other);
          expect(seen(series)).toEqual(sorted.map((minute) => [minute, minute]));
        },
      ),
      { seed: 20_260_301, numRuns: 200 },
    );
  });
});
