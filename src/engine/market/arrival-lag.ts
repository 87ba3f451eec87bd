import type { MarketEvent } from '#shared/domain/market-data.ts';

/** How far behind the venue's own clock a connection's data arrives. Times wall ms. */
export interface ArrivalLag {
  /** A live event with the venue's time arrived. `offsetMs`: venue clock minus ours; `undefined` while unknown. */
  note(
    event: Pick<MarketEvent, 'kind' | 'venueTime'>,
    receivedAt: number,
    offsetMs: number | undefined,
  ): void;
  /** Once a second: closes the window. */
  second(): void;
  /** The fastest of the last seconds, ms; `undefined` while too little arrived to tell. Negative: from the future. */
  readonly lagMs: number | undefined;
}

const SECONDS = 3;
const LEAST_EVENTS = 3;
/** Where there is always something to hear, few events are no excuse: a starved link brings one in seconds, ever later. */
const SECONDS_WHERE_BUSY = 20;
/** Data this late is not the market any more, however lively it looks. */
export const LATE_DATA_MS = 2000;
/** Nothing arrives before it was sent: beyond what a measured clock may err, the clock is wrong, not the data. */
const FUTURE_MS = 500;

/**
 * The fastest arrival counts: what waited in a queue of ours, or a quiet instrument's old figure sent anew, makes single
 * events look late, but a connection whose fastest event is late is late. Judged over three seconds; where there is
 * `alwaysSomething` to hear, over as many as it takes to hear three events.
 */
export function createArrivalLag(alwaysSomething = false): ArrivalLag {
  const kept = alwaysSomething ? SECONDS_WHERE_BUSY : SECONDS;
  let fastest = Number.POSITIVE_INFINITY;
  let events = 0;
  let window: { readonly fastest: number; readonly events: number }[] = [];
  return {
    note({ kind, venueTime }, receivedAt, offsetMs) {
      // Tickers, marks and candles may carry the time of something older.
      if (offsetMs === undefined || kind === 'ticker' || kind === 'mark' || kind === 'candle') return;
      const lag = receivedAt + offsetMs - venueTime;
      if (lag < fastest) fastest = lag;
      events += 1;
    },
    second() {
      window = [...window.slice(1 - kept), { fastest, events }];
      fastest = Number.POSITIVE_INFINITY;
      events = 0;
    },
    get lagMs() {
      let count = 0;
      let lag = Number.POSITIVE_INFINITY;
      for (const [age, second] of window.toReversed().entries()) {
        if (age >= SECONDS && count >= LEAST_EVENTS) break;
        count += second.events;
        lag = Math.min(lag, second.fastest);
      }
      return count < LEAST_EVENTS ? undefined : lag;
    },
  };
}

/** Either the data is wrong or our idea of the venue's clock: worth comparing the clocks anew. */
export function isDoubtful(lagMs: number | undefined): boolean {
  return lagMs !== undefined && (lagMs > LATE_DATA_MS || lagMs < -FUTURE_MS);
}
