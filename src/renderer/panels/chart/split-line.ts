import {
  HistogramSeries,
  type IChartApiBase,
  type ISeriesApi,
  LineSeries,
  type LineSeriesPartialOptions,
  type SingleValueData,
  type Time,
  type UTCTimestamp,
  type WhitespaceData,
} from 'lightweight-charts';

export type LineRow =
  | (SingleValueData<UTCTimestamp> & { readonly color?: string })
  | WhitespaceData<UTCTimestamp>;

/** One line in two series, as the candles are (`candle-split.ts`). A line's live part begins with the frozen one's last point. */
export interface SplitLine {
  readonly live: ISeriesApi<'Line' | 'Histogram', Time>;
  /** Index of the first candle the live part has a row for. */
  firstLive(liveFrom: number): number;
  setFrozen(rows: LineRow[]): void;
  setLive(rows: LineRow[]): void;
  /** The newest row, or another reading of it. */
  update(row: LineRow): void;
  applyOptions(options: LineSeriesPartialOptions): void;
  remove(): void;
}

const PLAIN = { lastValueVisible: false, priceLineVisible: false } as const;

export function createSplitLine(
  chart: IChartApiBase<Time>,
  shape: 'line' | 'histogram',
  pane: number,
  options: LineSeriesPartialOptions,
): SplitLine {
  const add = (): ISeriesApi<'Line' | 'Histogram', Time> => {
    if (shape === 'histogram') return chart.addSeries(HistogramSeries, { ...PLAIN, base: 0 }, pane);
    return chart.addSeries(LineSeries, { ...PLAIN, crosshairMarkerVisible: false, ...options }, pane);
  };
  const frozen = add();
  const live = add();
  const both = [frozen, live];
  for (const series of both) {
    if (options.priceFormat) series.applyOptions({ priceFormat: options.priceFormat });
  }
  return {
    live,
    firstLive: (liveFrom) => (shape === 'line' ? Math.max(0, liveFrom - 1) : liveFrom),
    setFrozen: (rows) => frozen.setData(rows),
    setLive: (rows) => live.setData(rows),
    update: (row) => live.update(row),
    applyOptions(next) {
      for (const series of both) series.applyOptions(next);
    },
    remove() {
      for (const series of both) chart.removeSeries(series);
    },
  };
}
