import type { HeldCandle, Hole, SeriesChange } from '../../../stores/candle-series.ts';
import { INDICATOR_SHAPES, type IndicatorChoice, numberOf } from './indicator-kinds.ts';
import { type IndicatorRun, runIndicator } from './run-indicator.ts';
import { sessionStart } from './session-start.ts';

/** An indicator's values beside the candles of a chart, kept up with them. */
export interface IndicatorTrack {
  readonly choice: IndicatorChoice;
  /** By line, then by candle; NaN where there is none. */
  readonly values: readonly (readonly number[])[];
  /** Takes what became of the candles; the index from which values are new, `undefined` if none is. */
  follow(candles: readonly HeldCandle[], change: SeriesChange): number | undefined;
}

/**
 * A tick of the newest candle costs one step, and so does a new candle. A change further back, which is a repair, reckons
 * everything again; one that only tells of a candle that its prices are now proven changes nothing.
 */
export function createIndicatorTrack(choice: IndicatorChoice): IndicatorTrack {
  const lines: number[][] = INDICATOR_SHAPES[choice.kind].lines.map(() => []);
  let run: IndicatorRun = runIndicator(choice);
  let taken: HeldCandle[] = [];

  const put = (index: number, values: readonly number[]) => {
    for (const [line, column] of lines.entries()) column[index] = values[line] ?? Number.NaN;
  };
  const again = (candles: readonly HeldCandle[]) => {
    run = runIndicator(choice);
    taken = candles.slice();
    for (const column of lines) column.length = 0;
    for (const [index, candle] of taken.entries()) put(index, run.add(candle));
    return 0;
  };

  return {
    choice,
    values: lines,
    follow(candles, change) {
      if (change.kind === 'none') return undefined;
      const newest = taken.length - 1;
      if (change.kind === 'all' || candles.length < taken.length) return again(candles);
      for (let index = change.index; index < newest; index += 1) {
        if (!isSame(taken[index], candles[index])) return again(candles);
        taken[index] = candles[index] as HeldCandle;
      }
      let first: number | undefined;
      const before = taken[newest];
      const now = candles[newest];
      if (before !== undefined && now !== undefined && change.index <= newest) {
        if (before.openTime !== now.openTime) return again(candles);
        taken[newest] = now;
        if (!isSame(before, now)) {
          put(newest, run.replace(now));
          first = newest;
        }
      }
      for (let index = newest + 1; index < candles.length; index += 1) {
        const candle = candles[index] as HeldCandle;
        taken.push(candle);
        put(index, run.add(candle));
        first ??= index;
      }
      return first;
    },
  };
}

function isSame(one: HeldCandle | undefined, other: HeldCandle | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.openTime === other.openTime &&
    one.open === other.open &&
    one.high === other.high &&
    one.low === other.low &&
    one.close === other.close &&
    one.volume === other.volume
  );
}

/**
 * Whether the value at a candle still weighs what was before a hole: candles are missing in it, and it says something else
 * than it would had they been there. Averages that never forget count as reaching three periods back (less than 1 % is
 * older then). `after`: how many candles the hole is behind, 0 being the first after it.
 */
export function isAcrossHole(choice: IndicatorChoice, openTime: number, hole: Hole, after: number): boolean {
  if (choice.kind === 'vwap') return hole.to > sessionStart(choice.session, openTime);
  return after < reachOf(choice);
}

function reachOf(choice: IndicatorChoice): number {
  const number = (name: Parameters<typeof numberOf>[1]) => numberOf(choice, name);
  switch (choice.kind) {
    case 'sma':
    case 'bollinger':
      return number('period') - 1;
    case 'stochastic':
      return number('period') + number('smooth') + number('signal') - 3;
    case 'macd':
      return 3 * Math.max(number('fast'), number('slow')) + number('signal');
    default:
      return 3 * number('period');
  }
}
