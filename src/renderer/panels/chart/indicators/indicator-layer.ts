import type { IChartApiBase, PriceFormat, Time } from 'lightweight-charts';
import type { CandleSeries, SeriesChange } from '../../../stores/candle-series.ts';
import type { SplitPlan } from '../candle-split.ts';
import type { ChartColours } from '../chart-colours.ts';
import type { IndicatorChoice } from './indicator-kinds.ts';
import { drawIndicator, type IndicatorLines } from './indicator-lines.ts';

/** All indicators of one chart. */
export interface IndicatorLayer {
  readonly drawn: readonly IndicatorLines[];
}

export interface DrawnIndicators extends IndicatorLayer {
  /** Draws those that are new or were changed, and takes away those that are gone. */
  choose(choices: readonly IndicatorChoice[]): void;
  begin(series: CandleSeries, plan: SplitPlan): void;
  draw(change: SeriesChange, plan: SplitPlan): void;
  restyle(colours: ChartColours): void;
  formatPrices(shown: PriceFormat, plain: PriceFormat): void;
}

export function createIndicatorLayer(chart: IChartApiBase<Time>, initial: ChartColours): DrawnIndicators {
  let colours = initial;
  let drawn: readonly IndicatorLines[] = [];
  let shownSeries: { readonly series: CandleSeries; plan: SplitPlan } | undefined;
  let formats: { readonly shown: PriceFormat; readonly plain: PriceFormat } | undefined;
  const add = (choice: IndicatorChoice) => {
    const lines = drawIndicator(chart, choice, colours);
    if (formats) lines.formatPrices(formats.shown, formats.plain);
    if (shownSeries) lines.begin(shownSeries.series, shownSeries.plan);
    return lines;
  };
  return {
    get drawn() {
      return drawn;
    },
    choose(choices) {
      const held = new Map(drawn.map((lines) => [lines.choice.id, lines]));
      const words = (choice: IndicatorChoice) => JSON.stringify(choice);
      const kept = new Set(
        choices.flatMap((choice) => {
          const lines = held.get(choice.id);
          return lines && words(lines.choice) === words(choice) ? [lines] : [];
        }),
      );
      for (const lines of drawn) if (!kept.has(lines)) lines.remove();
      drawn = choices.map((choice) => {
        const lines = held.get(choice.id);
        return lines && kept.has(lines) ? lines : add(choice);
      });
    },
    begin(series, plan) {
      shownSeries = { series, plan };
      for (const lines of drawn) lines.begin(series, plan);
    },
    draw(change, plan) {
      if (shownSeries) shownSeries.plan = plan;
      for (const lines of drawn) lines.draw(change, plan);
    },
    restyle(next) {
      colours = next;
      for (const lines of drawn) lines.restyle(next.palette, next.inks);
    },
    formatPrices(shown, plain) {
      formats = { shown, plain };
      for (const lines of drawn) lines.formatPrices(shown, plain);
    },
  };
}
