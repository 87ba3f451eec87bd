import {
  type IChartApiBase,
  LineStyle,
  type PriceFormat,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { CandleSeries, SeriesChange } from '../../../stores/candle-series.ts';
import { type StatusPalette, seeThrough } from '../../../ui/palette.ts';
import type { SplitPlan } from '../candle-split.ts';
import { placesOf } from '../hole-places.ts';
import type { Inks } from '../inks.ts';
import { createSplitLine, type LineRow, type SplitLine } from '../split-line.ts';
import { INDICATOR_SHAPES, type IndicatorChoice, type LineName } from './indicator-kinds.ts';
import { createIndicatorTrack, type IndicatorTrack, isAcrossHole } from './indicator-track.ts';

/** One indicator on a chart. */
export interface IndicatorLines {
  readonly choice: IndicatorChoice;
  readonly track: IndicatorTrack;
  /** Shows another series, or everything again. */
  begin(series: CandleSeries, plan: SplitPlan): void;
  draw(change: SeriesChange, plan: SplitPlan): void;
  restyle(palette: StatusPalette, inks: Inks): void;
  /** Only those over the candles are told in prices and percents. */
  formatPrices(shown: PriceFormat, plain: PriceFormat): void;
  remove(): void;
}

interface Colours {
  readonly palette: StatusPalette;
  readonly inks: Inks;
}

/** Share of a pane's height beside that of the prices (1). */
const PANE_SHARE = 0.24;
/** How strong a value is that still weighs what was before a hole. */
const ACROSS = 0.4;
const NONE = '#00000000';

export function drawIndicator(
  chart: IChartApiBase<Time>,
  choice: IndicatorChoice,
  initial: Colours,
): IndicatorLines {
  const shape = INDICATOR_SHAPES[choice.kind];
  const track = createIndicatorTrack(choice);
  let colours = initial;
  let series: CandleSeries | undefined;
  const pane = shape.pane === 'own' ? chart.addPane(true) : undefined;
  pane?.setStretchFactor(PANE_SHARE);
  const at = pane?.paneIndex() ?? 0;
  const lines: SplitLine[] = shape.lines.map((name) =>
    createSplitLine(chart, name === 'histogram' ? 'histogram' : 'line', at, {
      lineWidth: name === 'main' || name === 'macd' || name === 'k' ? 2 : 1,
      lineStyle: name === 'middle' ? LineStyle.Dashed : LineStyle.Solid,
    }),
  );
  const levels = shape.levels.flatMap(
    (price) =>
      lines[0]?.live.createPriceLine({
        price,
        color: initial.palette.faint,
        lineStyle: LineStyle.Dotted,
        lineWidth: 1,
        axisLabelVisible: false,
      }) ?? [],
  );

  const rowAt = (line: number, index: number): LineRow => {
    const candles = series?.candles ?? [];
    const candle = candles[index];
    const time = ((candle?.openTime ?? 0) / 1_000) as UTCTimestamp;
    const value = track.values[line]?.[index] ?? Number.NaN;
    if (candle === undefined || series === undefined || Number.isNaN(value)) return { time };
    const places = placesOf(series);
    const next = candles[index + 1];
    const name = shape.lines[line] ?? 'main';
    const own = colourOf(name, choice, colours, value);
    // The line ends before the hole, and is pale behind it for as long as it still counts what was before.
    if (name !== 'histogram' && next !== undefined && places.after.has(next.openTime)) {
      return { time, value, color: NONE };
    }
    const before = places.before(index);
    const isAcross = before && isAcrossHole(choice, candle.openTime, before.hole, before.ago);
    return { time, value, color: isAcross ? seeThrough(own.slice(0, 7), ACROSS) : own };
  };
  const rows = (line: number, from: number, to: number): LineRow[] => {
    const made: LineRow[] = [];
    for (let index = from; index < to; index += 1) made.push(rowAt(line, index));
    return made;
  };
  const drawAll = (isWhole: boolean, liveFrom: number) => {
    const count = series?.candles.length ?? 0;
    for (const [line, split] of lines.entries()) {
      if (isWhole) split.setFrozen(rows(line, 0, liveFrom));
      split.setLive(rows(line, split.firstLive(liveFrom), count));
    }
  };
  let held: SplitPlan = { kind: 'nothing', liveFrom: 0 };
  return {
    choice,
    track,
    begin(next, plan) {
      series = next;
      held = plan;
      track.follow(next.candles, { kind: 'all' });
      drawAll(true, plan.liveFrom);
    },
    draw(change, plan) {
      held = plan;
      if (series === undefined) return;
      const from = track.follow(series.candles, change);
      if (plan.kind === 'append' && from !== undefined && from >= plan.index) {
        for (const [line, split] of lines.entries()) {
          for (let index = from; index < series.candles.length; index += 1) split.update(rowAt(line, index));
        }
      } else if (plan.kind === 'live' || plan.kind === 'both' || from !== undefined) {
        drawAll(plan.kind === 'both' || (from ?? Infinity) < plan.liveFrom, plan.liveFrom);
      }
    },
    restyle(palette, inks) {
      colours = { palette, inks };
      for (const level of levels) level.applyOptions({ color: palette.faint });
      drawAll(true, held.liveFrom);
    },
    formatPrices(shown, plain) {
      const isPercent = choice.kind === 'rsi' || choice.kind === 'stochastic';
      const own = isPercent ? ({ type: 'price', precision: 2, minMove: 0.01 } as const) : plain;
      for (const line of lines) line.applyOptions({ priceFormat: pane === undefined ? shown : own });
    },
    remove() {
      for (const line of lines) line.remove();
      if (pane !== undefined) chart.removePane(pane.paneIndex());
    },
  };
}

/** Colour of one line: the indicator's own, and quieter ones for what goes with it. */
export function colourOf(
  name: LineName,
  { ink }: Pick<IndicatorChoice, 'ink'>,
  { palette, inks }: Colours,
  value: number,
): string {
  if (name === 'histogram') return seeThrough(value < 0 ? palette.down : palette.up, 0.5);
  return name === 'signal' || name === 'd' ? palette.dim : inks[ink];
}
