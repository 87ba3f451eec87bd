import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { BookSnapshotEvent, TopEvent } from '#shared/domain/market-data.ts';
import type { BookRule } from '#venues/venue.ts';
import type { Book } from '../market/book.ts';
import { type BookFeed, createBookFeed } from '../market/book-feed.ts';
import { BOOK_DEPTH } from './event-reader.ts';

export interface CcxtBooksOptions {
  readonly clock: Clock;
  readonly onChange: (instrument: InstrumentId) => void;
  readonly onGap: (instrument: InstrumentId) => void;
  readonly onResync: (instrument: InstrumentId, tookMs: number) => void;
  /** What ccxt holds is wrong and does not heal. */
  readonly onBroken: (instrument: InstrumentId) => void;
}

/** The books of one exchange: ccxt keeps them, and gives each frame the whole of one. */
export interface CcxtBooks {
  open(instrument: InstrumentId): Undo;
  get(instrument: InstrumentId): BookFeed | undefined;
  apply(event: BookSnapshotEvent): void;
  /** ccxt itself found a change missing: what is shown is not to be believed until the next frame. */
  lost(instrument: InstrumentId): void;
  countsOf(instrument: InstrumentId): { readonly gaps: number; readonly resyncs: number };
  second(): void;
  dispose(): void;
}

const WHOLE: BookRule = {
  snapshot: 'stream',
  snapshotDepth: BOOK_DEPTH,
  // There are no changes.
  bridge: () => 'stale',
  follow: () => 'stale',
};
const PATIENCE_MS = 5000;
const ASK_EVERY_MS = 30_000;

interface Held {
  readonly feed: BookFeed;
  gaps: number;
  crossedSince: number | undefined;
  askedAt: number;
}

export function createCcxtBooks(options: CcxtBooksOptions): CcxtBooks {
  const { clock } = options;
  const books = new Map<InstrumentId, Held>();

  function open(instrument: InstrumentId): Undo {
    const feed = createBookFeed({
      rule: WHOLE,
      clock,
      loadSnapshot: () => Promise.reject(new HeartlineError('internal', 'whole books need no snapshot')),
      // Only changes without a book would call for it.
      restartStream: () => options.onBroken(instrument),
      onChange: () => options.onChange(instrument),
      onGap: () => options.onGap(instrument),
      onResync: (tookMs) => options.onResync(instrument, Math.round(tookMs)),
      onFault: () => undefined,
    });
    const held: Held = { feed, gaps: 0, crossedSince: undefined, askedAt: Number.NEGATIVE_INFINITY };
    books.set(instrument, held);
    return () => {
      feed.dispose();
      if (books.get(instrument) === held) books.delete(instrument);
    };
  }

  return {
    open,
    get: (instrument) => books.get(instrument)?.feed,
    apply(event) {
      const held = books.get(event.instrument);
      if (!held) return;
      held.feed.apply(event);
      // A frame that leaves the book unusable is a crossed one.
      if (held.feed.book.state === 'live') held.crossedSince = undefined;
      else held.crossedSince ??= clock.monotonic();
    },
    lost(instrument) {
      const held = books.get(instrument);
      if (!held) return;
      held.gaps += 1;
      held.feed.interrupted();
      options.onGap(instrument);
    },
    countsOf(instrument) {
      const held = books.get(instrument);
      return { gaps: (held?.gaps ?? 0) + (held?.feed.gaps ?? 0), resyncs: held?.feed.resyncs ?? 0 };
    },
    second() {
      const now = clock.monotonic();
      for (const [instrument, held] of books) {
        if (held.crossedSince === undefined || now - held.crossedSince < PATIENCE_MS) continue;
        if (now - held.askedAt < ASK_EVERY_MS) continue;
        held.askedAt = now;
        options.onBroken(instrument);
      }
    },
    dispose() {
      for (const { feed } of books.values()) feed.dispose();
      books.clear();
    },
  };
}

/** The best of a live book as the event of a stream; `undefined` while a side is empty. */
export function topOf(instrument: InstrumentId, book: Book): TopEvent | undefined {
  const { bid, ask } = book.best();
  if (book.state !== 'live' || !bid || !ask) return undefined;
  const price = 10 ** book.priceScale;
  const quantity = 10 ** book.quantityScale;
  return {
    kind: 'top',
    instrument,
    venueTime: book.venueTime,
    receivedAt: book.receivedAt,
    updateId: book.lastUpdateId,
    bidPrice: bid.price / price,
    bidQuantity: bid.quantity / quantity,
    askPrice: ask.price / price,
    askQuantity: ask.quantity / quantity,
  };
}
