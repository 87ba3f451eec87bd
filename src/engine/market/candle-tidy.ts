import { type Interval, nextOpenTime } from '#shared/domain/interval.ts';
import type { Candle, ProvenCandle } from '#shared/domain/market-data.ts';
import { flatCandle } from './candle-aggregate.ts';

/** No silence is filled longer than this: beyond, an instrument was not traded at all, and a gap says so better. */
const MOST_FLAT = 5000;

/** What a venue answered, put right: oldest first, each open time once, nothing that cannot be a candle. */
export function tidyCandles(candles: readonly Candle[]): {
  readonly candles: readonly Candle[];
  /** How many were doubled, or no candles at all. */
  readonly dropped: number;
} {
  const byOpenTime = new Map<number, Candle>();
  for (const candle of candles) {
    if (!isPossible(candle)) continue;
    const known = byOpenTime.get(candle.openTime);
    // Of two pictures of one candle the later holds more: closed before open, then by what was traded.
    if (known && (known.closed !== candle.closed ? known.closed : known.volume >= candle.volume)) continue;
    byOpenTime.set(candle.openTime, candle);
  }
  return {
    candles: [...byOpenTime.values()].sort((a, b) => a.openTime - b.openTime),
    dropped: candles.length - byOpenTime.size,
  };
}

function isPossible({ openTime, open, high, low, close, volume }: Candle): boolean {
  return (
    Number.isSafeInteger(openTime) &&
    [open, high, low, close].every((price) => Number.isFinite(price) && price > 0) &&
    volume >= 0 &&
    Number.isFinite(volume) &&
    high >= Math.max(open, close) &&
    low <= Math.min(open, close)
  );
}

/**
 * For venues that leave out candles nothing was traded in: the candles with flat ones between them, and after the last
 * up to those that end at or before `until`. `before`: the close before the first, where it is known, with what opens next.
 */
export function fillSilence(
  candles: readonly (Candle | ProvenCandle)[],
  of: Interval,
  until: number,
  before?: { readonly openTime: number; readonly close: number },
): readonly (Candle | ProvenCandle)[] {
  const filled: (Candle | ProvenCandle)[] = [];
  let due = before?.openTime;
  let price = before?.close ?? Number.NaN;
  const fillTo = (end: number) => {
    if (due === undefined) return;
    const flat: ProvenCandle[] = [];
    for (let at = due; at < end && flat.length <= MOST_FLAT; at = nextOpenTime(of, at)) {
      flat.push(flatCandle(at, price));
    }
    if (flat.length <= MOST_FLAT) filled.push(...flat);
  };
  for (const candle of candles) {
    fillTo(candle.openTime);
    filled.push(candle);
    due = nextOpenTime(of, candle.openTime);
    price = candle.close;
  }
  if (due !== undefined) {
    // Only whole periods: the one that holds `until` may still be traded in.
    let end = due;
    for (let count = 0; count <= MOST_FLAT + 1 && nextOpenTime(of, end) <= until; count += 1) {
      end = nextOpenTime(of, end);
    }
    fillTo(end);
  }
  return filled;
}
