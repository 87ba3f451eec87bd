import type { IChartApiBase, Time } from 'lightweight-charts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { CandleSeries, HeldCandle } from '../../stores/candle-series.ts';
import { changePercent } from '../../ui/format-number.ts';
import { type CompareLine, createCompareLine } from './compare-lines.ts';
import { indexAt } from './hole-places.ts';
import type { InkName, Inks } from './inks.ts';

export interface CompareEntry {
  readonly instrument: InstrumentId;
  readonly series: CandleSeries;
  readonly ink: InkName;
}

interface Begun {
  readonly main: readonly HeldCandle[];
  readonly from: number;
  readonly base: number | undefined;
}

/** Other instruments as lines that begin with the chart at its left edge. */
export interface CompareLayer {
  show(entries: readonly CompareEntry[], begun: Begun): void;
  /** The candles of the chart, or the edge its percents begin at, have changed. */
  redraw(begun: Begun): void;
  tick(index: number, begun: Begun): void;
  percentAt(index: number, time: number | undefined): number;
  restyle(inks: Inks): void;
}

export function createCompareLayer(chart: IChartApiBase<Time>, initial: Inks): CompareLayer {
  let inks = initial;
  let drawn: { readonly entry: CompareEntry; readonly line: CompareLine }[] = [];
  const stateOf = ({ series, ink }: CompareEntry, begun: Begun) => ({ ...begun, series, color: inks[ink] });
  const redraw = (begun: Begun) => {
    for (const { entry, line } of drawn) line.draw(stateOf(entry, begun));
  };
  return {
    show(entries, begun) {
      const kept = new Map(drawn.map(({ entry, line }) => [entry.instrument, line]));
      drawn = entries.map((entry) => {
        const line = kept.get(entry.instrument) ?? createCompareLine(chart);
        kept.delete(entry.instrument);
        return { entry, line };
      });
      for (const line of kept.values()) line.remove();
      redraw(begun);
    },
    redraw,
    tick(index, begun) {
      const one = drawn[index];
      one?.line.tick(stateOf(one.entry, begun));
    },
    percentAt(index, time) {
      const one = drawn[index];
      if (one === undefined) return Number.NaN;
      const { candles } = one.entry.series;
      const at = time === undefined ? candles.length - 1 : indexAt(candles, time);
      const candle = candles[at];
      // Under the crosshair only the candle of that very time counts.
      if (candle === undefined || (time !== undefined && candle.openTime !== time)) return Number.NaN;
      return changePercent(candle.close, one.line.base ?? Number.NaN);
    },
    restyle(next) {
      inks = next;
    },
  };
}
