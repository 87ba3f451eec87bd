import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type {
  CandleEvent,
  MarkEvent,
  TickerEvent,
  TopEvent,
  TradeEvent,
} from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import type { Market } from './market/market.ts';

/** The best of a book after one applied change: integers at the scales. */
export interface BookTopEvent {
  readonly kind: 'book-top';
  readonly instrument: InstrumentId;
  readonly updateId: number;
  readonly priceScale: number;
  readonly quantityScale: number;
  /** Price, quantity; `undefined` while the side is empty. */
  readonly bid: readonly [number, number] | undefined;
  readonly ask: readonly [number, number] | undefined;
}

export type TapEvent = TradeEvent | TickerEvent | TopEvent | MarkEvent | CandleEvent | BookTopEvent;

/** See `Engine.tap`. */
export async function tapMarkets(
  marketOf: (venue: string) => Market,
  streams: readonly StreamKey[],
  listener: (event: TapEvent) => void,
): Promise<Undo> {
  for (const stream of streams) {
    const market = marketOf(venueOf(stream.instrument));
    await market.check(stream.instrument);
    if (stream.kind === 'candle' && !market.venue.intervals.includes(stream.interval)) {
      throw new HeartlineError('interval.unknown', `${market.venue.name} has no ${stream.interval} candles`, {
        details: { interval: stream.interval, venue: market.venue.name },
      });
    }
  }
  using stack = new DisposableStack();
  const wanted = new Set(streams.map(streamKeyText));
  const isWanted = (kind: string, instrument: InstrumentId) => wanted.has(`${kind} ${instrument}`);

  for (const market of new Set(streams.map((stream) => marketOf(venueOf(stream.instrument))))) {
    stack.defer(
      market.onEvent((event) => {
        switch (event.kind) {
          case 'book-delta':
          case 'book-snapshot':
            break; // told by the book below, once it was applied
          case 'candle':
            if (isWanted(`candle:${event.interval}`, event.instrument)) listener(event);
            break;
          default:
            if (isWanted(event.kind, event.instrument)) listener(event);
        }
      }),
    );
    const toldIds = new Map<InstrumentId, number>();
    stack.defer(
      market.onChange((change) => {
        if (change.kind !== 'book' || !isWanted('book', change.instrument)) return;
        const book = market.book(change.instrument)?.book;
        if (book?.state !== 'live' || book.lastUpdateId === toldIds.get(change.instrument)) return;
        toldIds.set(change.instrument, book.lastUpdateId);
        const { bids, asks } = book.read(1);
        listener({
          kind: 'book-top',
          instrument: change.instrument,
          updateId: book.lastUpdateId,
          priceScale: book.priceScale,
          quantityScale: book.quantityScale,
          bid: best(bids),
          ask: best(asks),
        });
      }),
    );
  }
  for (const stream of streams) stack.defer(marketOf(venueOf(stream.instrument)).hold(stream));
  const kept = stack.move();
  return () => kept.dispose();
}

function best(levels: Float64Array): readonly [number, number] | undefined {
  const [price, quantity] = levels;
  return price === undefined || quantity === undefined ? undefined : [price, quantity];
}
