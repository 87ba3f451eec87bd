import type { Cause, ConnectionState, ConnectionStateKind } from './connection.ts';
import type { VenueId } from './instrument.ts';

/** One change of one connection's state, as it is kept on disk. */
export interface Transition {
  /** Wall time, ms epoch. */
  readonly at: number;
  readonly venue: VenueId;
  /** `binance/public`. */
  readonly connection: string;
  readonly state: ConnectionState;
  /** Wall time of the last data frame on the connection before this change, where there was one. */
  readonly lastDataAt?: number;
}

/** What a feed did about a break, for the post-mortem. */
export type FeedFact =
  | { readonly kind: 'book-gap'; readonly stream: string }
  | { readonly kind: 'book-resynced'; readonly stream: string; readonly tookMs: number }
  | { readonly kind: 'candles-repaired'; readonly stream: string; readonly count: number }
  /** `missed`: ids that never came; 0 where the venue's ids do not tell. `recovered`: fetched afterwards. */
  | {
      readonly kind: 'trades-recovered';
      readonly stream: string;
      readonly missed: number;
      readonly recovered: number;
    }
  | { readonly kind: 'stream-renewed'; readonly stream: string }
  | { readonly kind: 'frame-failed'; readonly stream: string };

/** Whose fault, and what kind. */
export interface Verdict {
  readonly side: 'mine' | 'theirs' | 'unclear';
  readonly kind:
    | 'link'
    | 'dns'
    | 'proxy-geo'
    | 'clock'
    | 'socket'
    | 'stream'
    | 'maintenance'
    | 'rate-limit'
    | 'correlated'
    | 'asked';
  /** 0…1. */
  readonly confidence: number;
  /** Each names a text for the person. */
  readonly evidence: readonly {
    readonly code: string;
    readonly details: Readonly<Record<string, string | number>>;
  }[];
}

/** A time in which something was not as it should be, from the last good data to the first good data after it. */
export interface Incident {
  readonly id: string;
  readonly venue: VenueId;
  readonly connection: string;
  /** The worst state it came to. */
  readonly worst: ConnectionStateKind;
  readonly cause: Cause;
  /** Wall times, ms epoch. `startedAt`: the last data before it; `noticedAt`: when Heartline said so. */
  readonly startedAt: number;
  readonly noticedAt: number;
  /** `undefined` while it lasts. */
  readonly endedAt?: number;
  readonly attempts: number;
  readonly tradesMissed: number;
  readonly tradesRecovered: number;
  readonly candlesRepaired: number;
  readonly booksResynced: number;
  readonly ordersInFlight: number;
  readonly verdict: Verdict;
  /** Other venues' states while it lasted, worst first. */
  readonly others: readonly { readonly venue: VenueId; readonly worst: ConnectionStateKind }[];
  readonly transitions: readonly {
    readonly at: number;
    readonly kind: ConnectionStateKind;
    readonly cause?: Cause;
  }[];
}

/** One connection's states over a range. Spans touch; time before the first was not watched. */
export interface TimelineRow {
  readonly venue: VenueId;
  readonly connection: string;
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly kind: ConnectionStateKind;
    readonly cause?: Cause;
  }[];
  /** Share of the watched time in which it delivered, 0…1; NaN when it was not watched. */
  readonly uptime: number;
}
