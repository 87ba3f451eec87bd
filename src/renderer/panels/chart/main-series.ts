import {
  AreaSeries,
  BarSeries,
  CandlestickSeries,
  HistogramSeries,
  type IChartApiBase,
  type ISeriesApi,
  LineSeries,
  type PriceFormat,
  type SeriesType,
  type Time,
} from 'lightweight-charts';
import type { CandleSeries, HeldCandle, SeriesChange } from '../../stores/candle-series.ts';
import type { StatusPalette } from '../../ui/palette.ts';
import { placedRows, volumeRow } from './candle-rows.ts';
import { planSplit, type SplitPlan } from './candle-split.ts';
import type { ChartType } from './chart-look.ts';
import { createHeikinAshi } from './heikin-ashi.ts';
import { placesOf } from './hole-places.ts';
import { isLine, type MainRow, mainRow } from './main-rows.ts';

/** The candles themselves in whatever shape, and their volume: a frozen history and a short live part of each. */
export interface MainSeries {
  /** What lines hang on and heights are asked of. */
  readonly live: ISeriesApi<SeriesType, Time>;
  begin(series: CandleSeries): void;
  /** What had to be drawn of it. */
  draw(change: SeriesChange): SplitPlan;
  restyle(palette: StatusPalette): void;
  formatPrices(format: PriceFormat): void;
  showVolume(isShown: boolean): void;
  /** Pixels from the top; `null` while there is no scale. */
  heightOf(price: number): number | null;
  priceAt(height: number): number | null;
}

const QUIET = { lastValueVisible: false, priceLineVisible: false } as const;
const VOLUME = { ...QUIET, priceScaleId: 'volume' } as const;

export function createMainSeries(
  chart: IChartApiBase<Time>,
  type: ChartType,
  initial: StatusPalette,
): MainSeries {
  let palette = initial;
  let series: CandleSeries | undefined;
  let liveFrom = 0;
  let lastDrawn = -Infinity;
  const averaged = createHeikinAshi();
  // Volumes first, so that candles are painted over them.
  const frozenVolume = chart.addSeries(HistogramSeries, VOLUME);
  const liveVolume = chart.addSeries(HistogramSeries, VOLUME);
  // The library's own price label tells the last candle in view: scrolled back, an old price would pass for the last.
  const frozen = addShape(chart, type);
  const live = addShape(chart, type);

  const rowAt = (index: number): MainRow | undefined => {
    const candles = series?.candles ?? [];
    const candle = candles[index];
    if (candle === undefined || series === undefined) return undefined;
    const { after } = placesOf(series);
    const next = candles[index + 1];
    const shown = (type === 'heikin' ? averaged.candles[index] : undefined) ?? candle;
    const before = after.has(candle.openTime) ? undefined : candles[index - 1]?.close;
    const isLastBeforeHole = next !== undefined && after.has(next.openTime);
    return mainRow(type, { candle, shown, before, isLastBeforeHole }, palette);
  };
  const volumeAt = (index: number) => {
    const candle = series?.candles[index];
    return candle && volumeRow(candle, palette);
  };
  const drawAgain = (isWhole: boolean) => {
    if (!series) return;
    const { candles, interval } = series;
    const rows = (from: number, to: number) => placedRows(candles, interval, from, to, rowAt) as never;
    if (isWhole) {
      frozen.setData(rows(0, liveFrom));
      frozenVolume.setData(placedRows(candles, interval, 0, liveFrom, volumeAt));
    }
    // The two parts of a line meet in one point.
    live.setData(rows(isLine(type) ? Math.max(0, liveFrom - 1) : liveFrom, candles.length));
    liveVolume.setData(placedRows(candles, interval, liveFrom, candles.length, volumeAt));
  };

  return {
    live,
    begin(next) {
      series = next;
      liveFrom = 0;
      lastDrawn = -Infinity;
      averaged.follow([], { kind: 'all' }, new Set());
      drawAgain(true);
    },
    draw(change) {
      if (!series) return { kind: 'nothing', liveFrom };
      const { candles, interval } = series;
      if (type === 'heikin') averaged.follow(candles, change, placesOf(series).after);
      const plan = planSplit(change, candles, interval, liveFrom, lastDrawn);
      liveFrom = plan.liveFrom;
      if (plan.kind === 'append') {
        for (let index = plan.index; index < candles.length; index += 1) {
          const row = rowAt(index);
          const volume = volumeAt(index);
          if (row) live.update(row as never);
          if (volume) liveVolume.update(volume);
        }
      } else if (plan.kind !== 'nothing') {
        drawAgain(plan.kind === 'both');
      }
      lastDrawn = candles.at(-1)?.openTime ?? -Infinity;
      return plan;
    },
    restyle(next) {
      palette = next;
      for (const one of [frozen, live]) one.applyOptions(coloursOf(type, palette));
      drawAgain(true);
    },
    formatPrices(priceFormat) {
      for (const one of [frozen, live]) one.applyOptions({ priceFormat });
    },
    showVolume(visible) {
      for (const one of [frozenVolume, liveVolume]) one.applyOptions({ visible });
    },
    heightOf: (price) => live.priceToCoordinate(price) ?? frozen.priceToCoordinate(price),
    priceAt: (height) => live.coordinateToPrice(height) ?? frozen.coordinateToPrice(height),
  };
}

function addShape(chart: IChartApiBase<Time>, type: ChartType): ISeriesApi<SeriesType, Time> {
  switch (type) {
    case 'bars':
      return chart.addSeries(BarSeries, { ...QUIET, thinBars: false });
    case 'line':
      return chart.addSeries(LineSeries, { ...QUIET, lineWidth: 2 });
    case 'area':
      return chart.addSeries(AreaSeries, { ...QUIET, lineWidth: 2 });
    default:
      return chart.addSeries(CandlestickSeries, QUIET);
  }
}

function coloursOf(type: ChartType, { up, down, accent }: StatusPalette) {
  if (type === 'line') return { color: accent };
  if (type === 'area') return { lineColor: accent };
  if (type === 'bars') return { upColor: up, downColor: down };
  return {
    upColor: up,
    downColor: down,
    borderUpColor: up,
    borderDownColor: down,
    wickUpColor: up,
    wickDownColor: down,
  };
}

/** Where signs about a candle stand: at what is drawn of it. */
export function markPrices(type: ChartType, { high, low, close }: HeldCandle) {
  return isLine(type) ? { top: close, bottom: close } : { top: high, bottom: low };
}
