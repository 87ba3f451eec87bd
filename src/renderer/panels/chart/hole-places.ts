import type { CandleSeries, HeldCandle, Hole } from '../../stores/candle-series.ts';
import { holePlaces } from './candle-rows.ts';
import type { HoleBand } from './hole-bands.ts';

/** Where the holes of a series are among its candles; found once until a hole comes or goes. */
export interface HolePlaces {
  /** Open times of the first candles after a hole. */
  readonly after: ReadonlySet<number>;
  /** The last hole that lies before a candle, and how many candles ago it ended. */
  before(index: number): { readonly hole: Hole; readonly ago: number } | undefined;
}

const cache = new WeakMap<readonly Hole[], HolePlaces>();

export function placesOf(series: CandleSeries): HolePlaces {
  const holes = series.holes();
  const known = cache.get(holes);
  if (known !== undefined) return known;
  const ends = holes.map((hole) => ({ hole, index: indexAt(series.candles, hole.to) }));
  const places: HolePlaces = {
    after: new Set(holes.map(({ to }) => to)),
    before(index) {
      const found = ends.findLast((end) => end.index <= index);
      return found && { hole: found.hole, ago: index - found.index };
    },
  };
  cache.set(holes, places);
  return places;
}

/** Index of the first candle that opens at or after a time; the length where there is none. */
export function indexAt(candles: readonly HeldCandle[], openTime: number): number {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candles[middle]?.openTime ?? Number.POSITIVE_INFINITY) < openTime) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where holes are drawn: where their places are, which is less than their length when that is very long. */
export function bandsOf(
  series: CandleSeries | undefined,
  labelOf: (count: number, from: number, to: number) => string,
): readonly HoleBand[] {
  if (series === undefined) return [];
  return series.holes().flatMap((hole) => {
    const drawn = holePlaces(series.interval, hole.from, hole.to);
    const first = drawn[0];
    const last = drawn.at(-1);
    if (first === undefined || last === undefined) return [];
    return [{ first: first / 1_000, last: last / 1_000, label: labelOf(hole.count, hole.from, hole.to) }];
  });
}
