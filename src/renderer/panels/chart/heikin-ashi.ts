import type { HeldCandle, SeriesChange } from '../../stores/candle-series.ts';

export interface ShownPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Averaged candles beside the real ones. */
export interface HeikinAshi {
  readonly candles: readonly ShownPrices[];
  /** `afterHole`: open times of the first candles after a hole. */
  follow(candles: readonly HeldCandle[], change: SeriesChange, afterHole: ReadonlySet<number>): void;
}

/**
 * Each close is the mean of the four prices, each open the middle of the averaged candle before. After a hole they begin
 * anew: what is missing has no average. A tick costs one candle.
 */
export function createHeikinAshi(): HeikinAshi {
  let shown: ShownPrices[] = [];
  return {
    get candles() {
      return shown;
    },
    follow(candles, change, afterHole) {
      if (change.kind === 'none') return;
      const from = change.kind === 'all' ? 0 : Math.min(change.index, shown.length);
      if (change.kind === 'all') shown = [];
      for (let index = from; index < candles.length; index += 1) {
        const candle = candles[index] as HeldCandle;
        const before = afterHole.has(candle.openTime) ? undefined : shown[index - 1];
        shown[index] = averaged(candle, before);
      }
      shown.length = candles.length;
    },
  };
}

function averaged(candle: ShownPrices, before: ShownPrices | undefined): ShownPrices {
  const close = (candle.open + candle.high + candle.low + candle.close) / 4;
  const open = before === undefined ? (candle.open + candle.close) / 2 : (before.open + before.close) / 2;
  return { open, close, high: Math.max(candle.high, open, close), low: Math.min(candle.low, open, close) };
}
