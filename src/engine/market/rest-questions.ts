import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { RestCall, Venue } from '#venues/venue.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { CandleFeed } from './candle-feed.ts';

const TRADES = 100;

/** What REST can tell in a stream's place, asked once. */
export interface RestQuestions {
  /** Whether the venue has a call for it. */
  isAskable(stream: StreamKey): boolean;
  /** Throws what the REST client throws. */
  ask(stream: StreamKey): Promise<void>;
}

export function createRestQuestions(options: {
  readonly venue: Venue;
  readonly rest: Pick<RestClient, 'call'>;
  /** What REST told, to be used as if the stream had. */
  readonly apply: (event: MarketEvent) => void;
  readonly candles: (stream: Extract<StreamKey, { kind: 'candle' }>) => CandleFeed | undefined;
  /** Venue time of the newest trade known. */
  readonly newestTradeAt: (instrument: InstrumentId) => number;
}): RestQuestions {
  const { venue, apply } = options;

  async function tell(call: RestCall<MarketEvent> | undefined): Promise<void> {
    if (call) apply(await options.rest.call(call));
  }

  return {
    isAskable({ kind }) {
      switch (kind) {
        case 'ticker':
          return venue.rest.ticker !== undefined;
        case 'top':
          return venue.rest.top !== undefined;
        case 'mark':
          return false;
        case 'book':
          // A stream that brings its own snapshot numbers it on its own.
          return venue.book.snapshot === 'rest' && venue.rest.bookSnapshot !== undefined;
        case 'trade':
        case 'candle':
          return true;
      }
    },
    async ask(stream) {
      const { instrument } = stream;
      switch (stream.kind) {
        case 'ticker':
          return tell(venue.rest.ticker?.(instrument));
        case 'top':
          return tell(venue.rest.top?.(instrument));
        case 'book':
          return tell(venue.rest.bookSnapshot?.(instrument));
        case 'trade': {
          const since = options.newestTradeAt(instrument);
          for (const trade of await options.rest.call(venue.rest.trades(instrument, TRADES))) {
            if (trade.venueTime > since) apply(trade);
          }
          return;
        }
        case 'candle':
          // Its own calls go through the guard themselves.
          await options.candles(stream)?.refresh();
          return;
        case 'mark':
          return;
      }
    },
  };
}
