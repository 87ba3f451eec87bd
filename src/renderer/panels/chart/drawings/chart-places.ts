import type { IChartApiBase, Logical, Time } from 'lightweight-charts';
import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { MainSeries } from '../main-series.ts';
import type { PanePlaces } from './drawing-shapes.ts';

/** Times and prices on the price pane, for any time: between candles, in a hole, in the future. */
export interface ChartPlaces extends PanePlaces {
  /** ms epoch, on a candle's open time or where one would open. */
  timeAt(x: number): number | undefined;
  priceAt(y: number): number | undefined;
  /** Whether a spot of the container lies on the price pane. */
  holds(x: number, y: number): boolean;
}

export function createChartPlaces(
  chart: IChartApiBase<Time>,
  main: Pick<MainSeries, 'heightOf' | 'priceAt'>,
  interval: () => Interval,
): ChartPlaces {
  const scale = chart.timeScale();
  const timeOf = (logical: number): number | undefined => {
    const x = scale.logicalToCoordinate(logical as Logical);
    const time = x === null ? null : scale.coordinateToTime(x);
    return time === null ? undefined : Number(time) * 1_000;
  };
  /** First and last place of the axis that has a time. */
  const ends = () => {
    const lastIndex = scale.timeToIndex((Number.MAX_SAFE_INTEGER / 1_000) as Time, true);
    if (lastIndex === null) return undefined;
    const first = timeOf(0);
    const last = timeOf(lastIndex);
    return first === undefined || last === undefined ? undefined : { first, last, lastIndex };
  };
  const widthOf = (time: number) => nextOpenTime(interval(), time) - time;
  return {
    get width() {
      return scale.width();
    },
    get height() {
      return chart.paneSize(0).height;
    },
    x(time) {
      const known = ends();
      if (known === undefined) return undefined;
      let logical: number;
      if (time >= known.last) logical = known.lastIndex + (time - known.last) / widthOf(known.last);
      else if (time <= known.first) logical = (time - known.first) / widthOf(known.first);
      else {
        const index = scale.timeToIndex((time / 1_000) as Time, true) ?? 0;
        const at = timeOf(index) ?? time;
        const before = timeOf(index - 1);
        logical = at === time || before === undefined ? index : index - (at - time) / (at - before);
      }
      // The library places whole numbers: the rest is a share of the room between two.
      const whole = Math.floor(logical);
      const x = scale.logicalToCoordinate(whole as Logical);
      return x === null ? undefined : x + (logical - whole) * scale.options().barSpacing;
    },
    y: (price) => main.heightOf(price) ?? undefined,
    timeAt(x) {
      const known = ends();
      const logical = scale.coordinateToLogical(x);
      if (known === undefined || logical === null) return undefined;
      if (logical > known.lastIndex) {
        return known.last + (logical - known.lastIndex) * widthOf(known.last);
      }
      if (logical < 0) return Math.max(0, known.first + logical * widthOf(known.first));
      return timeOf(logical);
    },
    priceAt: (y) => main.priceAt(y) ?? undefined,
    holds(x, y) {
      return x >= 0 && y >= 0 && x <= scale.width() && y <= chart.paneSize(0).height;
    },
  };
}
