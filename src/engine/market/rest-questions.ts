import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import type { RestCall, Venue } from '#venues/venue.ts';
import type { RestClient } from '../net/rest-client.ts';
import type { CandleFeed } from './candle-feed.ts';
import type { NewestTrades } from './newest-trades.ts';

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
  readonly newestTrades: Pick<NewestTrades, 'sinceLast'>;
  /** An answer does not follow what was known before. */
  readonly interrupted: (stream: StreamKey) => void;
  /** Nobody may want it any more by the time it is answered. */
  readonly isWanted: (stream: StreamKey) => boolean;
}): RestQuestions {
  const { venue, apply } = options;

  async function tell(stream: StreamKey, call: RestCall<MarketEvent> | undefined): Promise<void> {
    if (!call) return;
    const answer = await options.rest.call(call);
    if (options.isWanted(stream)) apply(answer);
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
          return tell(stream, venue.rest.ticker?.(instrument));
        case 'top':
          return tell(stream, venue.rest.top?.(instrument));
        case 'book':
          return tell(stream, venue.rest.bookSnapshot?.(instrument));
        case 'trade': {
          const answer = await options.rest.call(venue.rest.trades(instrument, TRADES));
          if (!options.isWanted(stream)) return;
          const { fresh, reaches } = options.newestTrades.sinceLast(instrument, answer);
          if (!reaches) options.interrupted(stream);
          for (const trade of fresh) apply(trade);
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
