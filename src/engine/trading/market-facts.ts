import { fromScaled, plainNumber, trimDecimal } from '#shared/base/decimal.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { Levels } from '#shared/domain/market-data.ts';
import type { Market } from '../market/market.ts';
import type { MarketFacts } from './facts.ts';

/** Levels a side that count as the visible book. */
export const VISIBLE_LEVELS = 30;

/** What is seen of an instrument now. `now`: engine wall time, ms epoch. Nothing is seen of a book that is not live. */
export function marketFacts(
  market: Pick<Market, 'book' | 'row'>,
  instrument: Instrument,
  now: number,
): MarketFacts {
  const book = market.book(instrument.id)?.book;
  const row = market.row(instrument.id);
  const isBookValid = book?.state === 'live';
  const { bids, asks } = isBookValid ? book.read(VISIBLE_LEVELS) : { bids: [], asks: [] };
  const bookAt = book !== undefined && book.receivedAt > 0 ? book.receivedAt : undefined;
  const texts = (levels: Levels | readonly number[]) =>
    book ? levelTexts(levels, book.priceScale, book.quantityScale) : [];
  return {
    instrument,
    bids: texts(bids),
    asks: texts(asks),
    isBookValid,
    // Our clock was set back: a frame from the future proves nothing about its age but that it is new.
    bookAgeMs: bookAt === undefined ? undefined : Math.max(0, now - bookAt),
    bookAt,
    ...price('last', row?.last),
    ...price('mark', row?.mark),
  };
}

function levelTexts(
  levels: Levels | readonly number[],
  priceScale: number,
  quantityScale: number,
): MarketFacts['bids'] {
  const texts: [string, string][] = [];
  for (let at = 0; at + 1 < levels.length; at += 2) {
    texts.push([
      trimDecimal(fromScaled(levels[at] ?? 0, priceScale)),
      trimDecimal(fromScaled(levels[at + 1] ?? 0, quantityScale)),
    ]);
  }
  return texts;
}

function price<Name extends 'last' | 'mark'>(name: Name, value: number | undefined) {
  const isKnown = value !== undefined && Number.isFinite(value) && value > 0;
  return (isKnown ? { [name]: plainNumber(value) } : {}) as { readonly [Key in Name]?: string };
}
