import type { WatchSource } from '#shared/contract/api.ts';
import type { BookView } from '#shared/contract/columns.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { BookFeed } from '../market/book-feed.ts';

/** State, latest only: the top of the book as it is when the batch leaves. */
export function createBookSource(options: {
  readonly instrument: InstrumentId;
  readonly depth: number;
  readonly feed: () => BookFeed | undefined;
  readonly onDispose: () => void;
}): WatchSource<BookView> & { touch(): void } {
  let isDirty = true;

  return {
    touch() {
      isDirty = true;
    },
    take() {
      const feed = options.feed();
      if (!feed || !isDirty) return undefined;
      isDirty = false;
      const { book } = feed;
      const levels = book.read(options.depth);
      return {
        instrument: options.instrument,
        state: book.state,
        priceScale: book.priceScale,
        quantityScale: book.quantityScale,
        bids: levels.bids,
        asks: levels.asks,
        updateId: book.lastUpdateId,
        venueTime: book.venueTime,
        receivedAt: book.receivedAt,
      };
    },
    dispose: options.onDispose,
  };
}
