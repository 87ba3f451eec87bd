import type { WatchSource } from '#shared/contract/api.ts';
import type { CandleColumns, CandleUpdate } from '#shared/contract/columns.ts';
import { PROVENANCES, type ProvenCandle } from '#shared/domain/market-data.ts';
import type { CandleFeed } from '../market/candle-feed.ts';

/** State per open time, latest only: a close that was overtaken by the next candle is still in the batch. */
export function createCandleSource(options: {
  readonly feed: () => CandleFeed | undefined;
  readonly onDispose: () => void;
}): WatchSource<CandleUpdate> & { touch(openTimes: readonly number[]): void } {
  // Holes may come to be known without any candle changing.
  let isTouched = false;
  let dirty = new Set<number>(
    options
      .feed()
      ?.series.all()
      .map((candle) => candle.openTime),
  );

  return {
    touch(openTimes) {
      isTouched = true;
      for (const openTime of openTimes) dirty.add(openTime);
    },
    take() {
      const feed = options.feed();
      if (!feed || (dirty.size === 0 && !isTouched)) return undefined;
      isTouched = false;
      const candles = [...dirty]
        .sort((a, b) => a - b)
        .map((openTime) => feed.series.get(openTime))
        .filter((candle) => candle !== undefined);
      dirty = new Set();
      return {
        candles: candleColumns(candles),
        receivedAt: feed.receivedAt,
        holes: Float64Array.from(feed.holes()),
      };
    },
    dispose: options.onDispose,
  };
}

export function candleColumns(candles: readonly ProvenCandle[]): CandleColumns {
  return {
    openTime: Float64Array.from(candles, (candle) => candle.openTime),
    open: Float64Array.from(candles, (candle) => candle.open),
    high: Float64Array.from(candles, (candle) => candle.high),
    low: Float64Array.from(candles, (candle) => candle.low),
    close: Float64Array.from(candles, (candle) => candle.close),
    volume: Float64Array.from(candles, (candle) => candle.volume),
    closed: Uint8Array.from(candles, (candle) => (candle.closed ? 1 : 0)),
    provenance: Uint8Array.from(candles, (candle) => PROVENANCES.indexOf(candle.provenance)),
  };
}
