import { assertNever } from '#shared/base/assert-never.ts';
import { fromScaled, plainNumber, trimDecimal } from '#shared/base/decimal.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Book } from '../market/book.ts';
import type { TapEvent } from '../tap.ts';

/** The kinds of event a replay prints, all by default. */
const EVENT_KINDS = ['trade', 'book-top', 'candle', 'ticker', 'mark'] as const;

/** Checks names given by a person; all when none are given. Throws `events.unknown`. */
export function eventKinds(names: readonly string[] = EVENT_KINDS): readonly string[] {
  const known: readonly string[] = EVENT_KINDS;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new HeartlineError(
    'events.unknown',
    `"${unknown}" is not a kind of event. Known: ${known.join(', ')}.`,
  );
}

/** The best of a live book as a line. */
export function bookTopLine(instrument: InstrumentId, book: Book): string {
  const { bid, ask } = book.best();
  return eventLine({
    kind: 'book-top',
    instrument,
    updateId: book.lastUpdateId,
    priceScale: book.priceScale,
    quantityScale: book.quantityScale,
    bid: bid && [bid.price, bid.quantity],
    ask: ask && [ask.price, ask.quantity],
  });
}

/**
 * One normalised event as one line of NDJSON, without the line end. Prices and quantities are decimal text
 * without exponents or trailing zeros; times are ms epoch; ids are text.
 */
export function eventLine(event: TapEvent): string {
  switch (event.kind) {
    case 'trade':
      return JSON.stringify({
        kind: 'trade',
        instrument: event.instrument,
        id: event.id,
        price: plainNumber(event.price),
        quantity: plainNumber(event.quantity),
        side: event.side,
        venueTime: event.venueTime,
        ...(event.offBook ? { offBook: true } : {}),
      });
    case 'book-top': {
      const { priceScale, quantityScale } = event;
      const level = (pair: readonly [number, number] | undefined) =>
        pair && [
          trimDecimal(fromScaled(pair[0], priceScale)),
          trimDecimal(fromScaled(pair[1], quantityScale)),
        ];
      return JSON.stringify({
        kind: 'book-top',
        instrument: event.instrument,
        updateId: event.updateId,
        bid: level(event.bid) ?? null,
        ask: level(event.ask) ?? null,
      });
    }
    case 'candle': {
      const { candle } = event;
      return JSON.stringify({
        kind: 'candle',
        instrument: event.instrument,
        interval: event.interval,
        openTime: candle.openTime,
        open: plainNumber(candle.open),
        high: plainNumber(candle.high),
        low: plainNumber(candle.low),
        close: plainNumber(candle.close),
        volume: plainNumber(candle.volume),
        closed: candle.closed,
      });
    }
    case 'ticker':
      return JSON.stringify({
        kind: 'ticker',
        instrument: event.instrument,
        last: plainNumber(event.last),
        open: plainNumber(event.open),
        high: plainNumber(event.high),
        low: plainNumber(event.low),
        volume: plainNumber(event.volume),
        quoteVolume: plainNumber(event.quoteVolume),
        venueTime: event.venueTime,
      });
    case 'top':
      return JSON.stringify({
        kind: 'top',
        instrument: event.instrument,
        updateId: event.updateId,
        bid: [plainNumber(event.bidPrice), plainNumber(event.bidQuantity)],
        ask: [plainNumber(event.askPrice), plainNumber(event.askQuantity)],
        venueTime: event.venueTime,
      });
    case 'mark':
      return JSON.stringify({
        kind: 'mark',
        instrument: event.instrument,
        markPrice: plainNumber(event.markPrice),
        indexPrice: plainNumber(event.indexPrice),
        ...(event.fundingRate === undefined ? {} : { fundingRate: plainNumber(event.fundingRate) }),
        ...(event.nextFundingTime === undefined ? {} : { nextFundingTime: event.nextFundingTime }),
        venueTime: event.venueTime,
      });
    default:
      return assertNever(event);
  }
}
