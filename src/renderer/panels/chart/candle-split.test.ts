import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandleColumns } from '#shared/contract/columns.ts';
import { createCandleSeries, type HeldCandle } from '../../stores/candle-series.ts';
import { LIVE_KEPT, planSplit } from './candle-split.ts';

const MINUTE = 60_000;

function candlesAt(minutes: readonly number[]): HeldCandle[] {
  return minutes.map((minute) => candle(minute));
}

function candle(minute: number, close = minute): HeldCandle {
  return {
    openTime: minute * MINUTE,
    open: close,
    high: close,
    low: close,
    close,
    volume: 1,
    closed: true,
    provenance: 'live',
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe('the split of a chart', () => {
  it('sends a tick of the last candle, or the next one, to the live series alone', () => {
    const candles = candlesAt(range(0, 1_000));
    expect([
      planSplit({ kind: 'from', index: 999 }, candles, '1m', 800, 999 * MINUTE),
      planSplit({ kind: 'from', index: 999 }, candles, '1m', 800, 998 * MINUTE),
      planSplit({ kind: 'from', index: 998 }, candles, '1m', 800, 998 * MINUTE),
      planSplit({ kind: 'none' }, candles, '1m', 800, 999 * MINUTE),
    ]).toEqual([
      { kind: 'append', liveFrom: 800, index: 999 },
      { kind: 'append', liveFrom: 800, index: 999 },
      { kind: 'append', liveFrom: 800, index: 998 },
      { kind: 'nothing', liveFrom: 800 },
    ]);
  });

  it('draws the live series again for a repair inside it, a candle behind a hole, and one that fills it', () => {
    const candles = candlesAt([...range(0, 1_000), 1_005]);
    expect([
      planSplit({ kind: 'from', index: 900 }, candlesAt(range(0, 1_000)), '1m', 800, 999 * MINUTE),
      planSplit({ kind: 'from', index: 1_000 }, candles, '1m', 800, 999 * MINUTE),
      planSplit({ kind: 'from', index: 998 }, candlesAt(range(0, 1_000)), '1m', 800, 999 * MINUTE),
    ]).toEqual([
      { kind: 'live', liveFrom: 800 },
      { kind: 'live', liveFrom: 800 },
      { kind: 'live', liveFrom: 800 },
    ]);
  });

  it('draws everything again for older pages, repairs in the frozen part, and a live part grown too long', () => {
    const candles = candlesAt(range(0, 1_000));
    const again = { kind: 'both', liveFrom: 1_000 - LIVE_KEPT };
    expect([
      planSplit({ kind: 'all' }, candles, '1m', 800, 499 * MINUTE),
      planSplit({ kind: 'from', index: 10 }, candles, '1m', 800, 999 * MINUTE),
      planSplit({ kind: 'from', index: 999 }, candles, '1m', 400, 999 * MINUTE),
    ]).toEqual([again, again, again]);
  });

  it('shows, after any mix of ticks, repairs, holes and pages, exactly the candles that are held', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('tick' as const), skip: fc.nat({ max: 2 }) }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('repair' as const), back: fc.nat({ max: 700 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('page' as const), length: fc.nat({ max: 40 }) }),
      },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const series = createCandleSeries('1m');
        const chart = { frozen: [] as number[], live: [] as number[] };
        let liveFrom = 0;
        let lastDrawn = -Infinity;
        let newest = 10_000;
        let oldest = newest;
        let revision = 0;
        const draw = (change: Parameters<typeof planSplit>[0]) => {
          const { candles } = series;
          const plan = planSplit(change, candles, '1m', liveFrom, lastDrawn);
          liveFrom = plan.liveFrom;
          const closes = candles.map((held) => held.close);
          if (plan.kind === 'both') chart.frozen = closes.slice(0, liveFrom);
          if (plan.kind === 'both' || plan.kind === 'live') chart.live = closes.slice(liveFrom);
          if (plan.kind === 'append') {
            for (let index = plan.index; index < closes.length; index += 1) {
              // The library throws for anything older than what it has drawn last.
              expect(candles[index]?.openTime).toBeGreaterThanOrEqual(lastDrawn);
              lastDrawn = candles[index]?.openTime ?? Number.NaN;
              chart.live[index - liveFrom] = closes[index] ?? Number.NaN;
            }
          }
          lastDrawn = candles.at(-1)?.openTime ?? -Infinity;
        };
        draw(series.addPage(columnsOf(range(newest - 600, newest), 0)));
        oldest = newest - 600;
        for (const one of steps) {
          revision += 1;
          if (one.kind === 'tick') {
            newest += one.skip;
            draw(
              series.apply({
                candles: columnsOf([newest], revision),
                receivedAt: 0,
                holes: new Float64Array(),
              }),
            );
          } else if (one.kind === 'repair') {
            const minute = Math.max(oldest, newest - one.back);
            draw(
              series.apply({
                candles: columnsOf([minute], revision),
                receivedAt: 0,
                holes: new Float64Array(),
              }),
            );
          } else {
            draw(series.addPage(columnsOf(range(oldest - one.length, oldest), revision)));
            oldest -= one.length;
          }
        }
        expect([...chart.frozen, ...chart.live]).toEqual(series.candles.map((held) => held.close));
      }),
      { seed: 20_260_301, numRuns: 100 },
    );
  });
});

function columnsOf(minutes: readonly number[], revision: number): CandleColumns {
  const values = Float64Array.from(minutes, (minute) => minute + revision / 1_000);
  return {
    openTime: Float64Array.from(minutes, (minute) => minute * MINUTE),
    open: values,
    high: values,
    low: values,
    close: values,
    volume: values,
    closed: new Uint8Array(minutes.length).fill(1),
    provenance: new Uint8Array(minutes.length),
  };
}
