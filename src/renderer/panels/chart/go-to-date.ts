import type { Interval } from '#shared/domain/interval.ts';
import type { CandleFeed } from '../../stores/candle-feed.ts';
import { countBetween } from '../../stores/candle-series.ts';

/** A chart holds no more than can still be drawn smoothly. */
export const MOST_CANDLES = 100_000;

export type WayBack =
  /** The candle that opens at or last before the date is held. */
  | { readonly kind: 'there' }
  /** The venue has nothing older than this open time, ms epoch. */
  | { readonly kind: 'oldest'; readonly oldest: number }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** So many candles would be needed. */
  | { readonly kind: 'too-far'; readonly needed: number }
  /** Given up by the person, or the chart shows something else now. */
  | { readonly kind: 'left' };

export interface Progress {
  /** Open time of the oldest candle held, ms epoch. */
  readonly oldest: number;
  /** 0 … 1. */
  readonly share: number;
}

/** How many candles lie between the oldest held and a date before it. */
function candlesNeeded(interval: Interval, time: number, oldest: number): number {
  return time >= oldest ? 0 : countBetween(interval, time, oldest);
}

/** Loads page after page until the date is reached. */
export function loadBackTo(
  feed: Pick<CandleFeed, 'store' | 'loadOlder' | 'retry'>,
  time: number,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<WayBack> {
  const { series: begun } = feed.store.getState();
  const first = begun.candles[0]?.openTime;
  if (first === undefined) return Promise.resolve({ kind: 'left' });
  const needed = candlesNeeded(begun.interval, time, first);
  if (needed + begun.candles.length > MOST_CANDLES) return Promise.resolve({ kind: 'too-far', needed });
  return new Promise((resolve) => {
    let isOver = false;
    const end = (outcome: WayBack) => {
      if (isOver) return;
      isOver = true;
      undo();
      signal.removeEventListener('abort', leave);
      resolve(outcome);
    };
    const leave = () => end({ kind: 'left' });
    const look = () => {
      if (isOver) return;
      const { series, older } = feed.store.getState();
      if (series !== begun) return end({ kind: 'left' });
      const oldest = series.candles[0]?.openTime ?? first;
      if (oldest <= time) return end({ kind: 'there' });
      if (older.kind === 'exhausted') return end({ kind: 'oldest', oldest });
      if (older.kind === 'failed') return end({ kind: 'failed', error: older.error });
      onProgress({ oldest, share: first === time ? 1 : (first - oldest) / (first - time) });
      if (older.kind === 'ready') feed.loadOlder();
    };
    const undo = feed.store.subscribe(look);
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    // What failed before is tried once more: the person asks.
    else if (feed.store.getState().older.kind === 'failed') feed.retry();
    look();
  });
}
