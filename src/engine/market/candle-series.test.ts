import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candle } from '#shared/domain/market-data.ts';
import { createCandleSeries } from './candle-series.ts';

const MINUTE = 60_000;
const at = (minute: number, close: number, closed = true, volume = 1): Candle => ({
  openTime: minute * MINUTE,
  open: 1,
  high: close,
  low: 1,
  close,
  volume,
  closed,
});
const closes = (series: ReturnType<typeof createCandleSeries>) =>
  series.all().map((candle) => [candle.openTime / MINUTE, candle.close, candle.closed, candle.provenance]);

describe('candle series', () => {
  test('never lets a late open candle overwrite a closed one', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 5));
    expect(series.applyLive(at(1, 4, false)).changed).toBe(false);
    expect(closes(series)).toEqual([[1, 5, true, 'live']]);
  });

  test('asks for the past again when a close was missed or candles were skipped', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 5, false));
    const missedClose = series.applyLive(at(2, 6));
    const skipped = series.applyLive(at(5, 7, false));
    expect([missedClose.gapFrom, skipped.gapFrom]).toEqual([1 * MINUTE, 3 * MINUTE]);
  });

  test('marks only what was missed live as backfilled, and takes a correction of a closed candle', () => {
    const series = createCandleSeries('1m');
    series.merge([at(1, 5)], false);
    series.applyLive(at(2, 6, false));
    series.applyLive(at(5, 9, false));
    const changed = series.merge([at(1, 5), at(2, 6), at(3, 7), at(4, 8)], true);
    expect(changed).toEqual({
      changed: [2 * MINUTE, 3 * MINUTE, 4 * MINUTE],
      backfilled: 3,
      verified: 0,
      corrections: [],
    });
    expect(closes(series)).toEqual([
      [1, 5, true, 'history'],
      [2, 6, true, 'backfilled'],
      [3, 7, true, 'backfilled'],
      [4, 8, true, 'backfilled'],
      [5, 9, false, 'live'],
    ]);
  });

  test('does not let an older picture of the open candle win over the stream', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 7, false, 20));
    series.merge([at(1, 6, false, 10)], true);
    expect(closes(series)).toEqual([[1, 7, false, 'live']]);
  });

  test('proves what was seen live by the venue’s own answer, or puts it right and keeps both', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 5));
    series.applyLive(at(2, 6, true, 0.1 + 0.2), 'built');
    series.applyLive(at(3, 7));
    const merged = series.merge([at(1, 5), at(2, 6, true, 0.3), at(3, 8)], true);
    expect({ ...merged, held: closes(series) }).toEqual({
      changed: [MINUTE, 2 * MINUTE, 3 * MINUTE],
      backfilled: 0,
      verified: 2,
      corrections: [{ was: { ...at(3, 7), provenance: 'live' }, is: at(3, 8) }],
      held: [
        [1, 5, true, 'verified'],
        [2, 6, true, 'verified'],
        [3, 8, true, 'corrected'],
      ],
    });
  });

  test('takes one late change of a closed candle from the stream, and tells of the next without taking it', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 5, false));
    series.close(MINUTE);
    const outcomes = [
      series.applyLive(at(1, 5, false)),
      series.applyLive(at(1, 6, false)),
      series.applyLive(at(1, 7, false)),
    ];
    expect({
      outcomes: outcomes.map(({ changed, late }) => [changed, late?.isTaken]),
      held: closes(series),
    }).toEqual({
      outcomes: [
        [false, undefined],
        [true, true],
        [false, false],
      ],
      held: [[1, 6, true, 'corrected']],
    });
    series.merge([at(1, 7)], true);
    expect(closes(series)).toEqual([[1, 7, true, 'corrected']]);
  });

  test('lets what its successor ended change within its grace, as if it were open', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 5, false));
    series.close(MINUTE);
    series.applyLive(at(2, 6, false));
    const early = [at(1, 6, false), at(1, 7, false)].map((one) => series.applyLive(one, 'live', false));
    expect([early, closes(series)[0]]).toEqual([
      [{ changed: true }, { changed: true }],
      [1, 7, true, 'live'],
    ]);
  });

  test('never lets a silence that was only concluded take the place of trades that were seen', () => {
    const series = createCandleSeries('1m');
    series.applyLive(at(1, 5));
    series.merge([{ ...at(1, 4, true, 0), provenance: 'built' }], true);
    expect(closes(series)).toEqual([[1, 5, true, 'live']]);
  });

  test('names every open time missing between the first and the last', () => {
    const series = createCandleSeries('1m');
    series.merge([at(1, 5), at(4, 5), at(6, 5)], false);
    expect(series.holes()).toEqual([2 * MINUTE, 3 * MINUTE, 5 * MINUTE]);
  });

  test('holds each closed candle once, in order, whatever order and repetition stream and REST bring', () => {
    const bringing = fc.record({
      minute: fc.integer({ min: 0, max: 20 }),
      closed: fc.boolean(),
      rest: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(bringing, { maxLength: 60 }), (all) => {
        const series = createCandleSeries('1m');
        const closed = new Set<number>();
        const seen = new Set<number>();
        for (const one of all) {
          const candle = at(one.minute, one.closed ? 100 + one.minute : 50, one.closed);
          if (one.rest) series.merge([candle], true);
          else series.applyLive(candle);
          seen.add(one.minute);
          if (one.closed) closed.add(one.minute);
        }
        const held = series.all();
        return (
          held.length === seen.size &&
          held.every((candle, index) => index === 0 || candle.openTime > (held[index - 1]?.openTime ?? 0)) &&
          held.every((candle) => candle.closed === closed.has(candle.openTime / MINUTE)) &&
          held.every((candle) => !candle.closed || candle.close === 100 + candle.openTime / MINUTE)
        );
      }),
      { numRuns: 2000, seed: 4 },
    );
  });
});
