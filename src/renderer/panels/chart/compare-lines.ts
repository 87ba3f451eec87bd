import type { IChartApiBase, Time, UTCTimestamp } from 'lightweight-charts';
import type { CandleSeries, HeldCandle } from '../../stores/candle-series.ts';
import { indexAt, placesOf } from './hole-places.ts';
import { heightOfOther } from './percent-scale.ts';
import { createSplitLine, type LineRow } from './split-line.ts';

/** Other instruments, drawn where they would stand had they begun with this one at the left edge of the view. */
export interface CompareLine {
  /** Everything again: the candles, where they are drawn from, or the colour have changed. */
  draw(given: CompareState): void;
  /** The newest candle alone. */
  tick(given: CompareState): void;
  /** The price its percents are told from; `undefined` while none is in view. */
  readonly base: number | undefined;
  remove(): void;
}

export interface CompareState {
  readonly series: CandleSeries;
  readonly color: string;
  /** The candles of the chart: a line is drawn no further than they reach, so that it never moves them. */
  readonly main: readonly HeldCandle[];
  /** Open time the percents begin at, and this chart's price there. */
  readonly from: number;
  readonly base: number | undefined;
}

const NONE = '#00000000';

export function createCompareLine(chart: IChartApiBase<Time>): CompareLine {
  const line = createSplitLine(chart, 'line', 0, { lineWidth: 2 });
  let ownBase: number | undefined;
  let drawnTo = -Infinity;
  const rowAt = ({ series, color, base }: CompareState, index: number): LineRow => {
    const candle = series.candles[index] as HeldCandle;
    const time = (candle.openTime / 1_000) as UTCTimestamp;
    const value = heightOfOther(candle.close, ownBase, base);
    if (Number.isNaN(value)) return { time };
    const next = series.candles[index + 1];
    const ends = next !== undefined && placesOf(series).after.has(next.openTime);
    return { time, value, color: ends ? NONE : color };
  };
  const draw = (given: CompareState) => {
    const { candles } = given.series;
    const first = given.main[0];
    const last = given.main.at(-1);
    ownBase = candles[indexAt(candles, given.from)]?.close;
    if (first === undefined || last === undefined) {
      line.setFrozen([]);
      line.setLive([]);
      return;
    }
    const from = indexAt(candles, first.openTime);
    const to = indexAt(candles, last.openTime + 1);
    const liveFrom = Math.max(from, to - 200);
    const rows = (begin: number, end: number) => {
      const made: LineRow[] = [];
      for (let index = begin; index < end; index += 1) made.push(rowAt(given, index));
      return made;
    };
    line.setFrozen(rows(from, liveFrom));
    line.setLive(rows(Math.max(from, liveFrom - 1), to));
    line.applyOptions({ color: given.color });
    drawnTo = candles[to - 1]?.openTime ?? -Infinity;
  };
  return {
    get base() {
      return ownBase;
    },
    draw,
    tick(given) {
      const { candles } = given.series;
      const index = candles.length - 1;
      const newest = candles[index];
      const end = given.main.at(-1)?.openTime ?? -Infinity;
      if (newest === undefined || newest.openTime > end) return;
      if (ownBase === undefined || newest.openTime < drawnTo || candles[index - 1]?.openTime !== drawnTo) {
        if (newest.openTime !== drawnTo) return draw(given);
      }
      line.update(rowAt(given, index));
      drawnTo = newest.openTime;
    },
    remove: line.remove,
  };
}
