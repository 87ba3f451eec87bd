import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { TopEvent } from '#shared/domain/market-data.ts';
import type { Book, BookLevel } from '../market/book.ts';
import type { MarketList } from '../market/market-list.ts';

/**
 * A quiet market sends no frames, and a stream that was cut off sends none either: from the book alone nobody can tell which it
 * is. So whoever wants to order there has the venue asked for its best bid and ask: where price and quantity of both are
 * those of the book, it is as new as the question.
 */
export interface BookWitness {
  /** Looks after the book of an instrument until the undo. */
  watch(instrument: InstrumentId): Undo;
  /** Asks once, now, unless somebody is asking; resolves when the venue has answered or did not. Never rejects. */
  ask(instrument: InstrumentId): Promise<void>;
  /** How long ago it was proven that the book stands as it is, ms; `undefined`: never, or it has become another since. */
  provenAgoMs(instrument: InstrumentId): number | undefined;
  dispose(): void;
}

const LOOK_EVERY_MS = 250;
/** A book that is told anew more often needs no witness. */
const QUIET_MS = 1000;
const ASK_EVERY_MS = 1000;
/** Of all instruments together: what is asked for here is asked for beside what the screens show. */
const MOST_AT_ONCE = 4;

interface Watched {
  watchers: number;
  asking: Promise<void> | undefined;
  /** Monotonic, as `provenAt`. */
  askedAt: number;
  provenAt: number;
  /** Which book, and which of its states, was proven. */
  book: Book | undefined;
  receivedAt: number;
}

export function createBookWitness(clock: Clock, markets: Pick<MarketList, 'of'>): BookWitness {
  const watched = new Map<InstrumentId, Watched>();
  let stopLooking: Undo | undefined;

  function bookOf(instrument: InstrumentId): Book | undefined {
    try {
      const book = markets.of(venueOf(instrument)).book(instrument)?.book;
      return book?.state === 'live' ? book : undefined;
    } catch {
      return undefined; // the venue was taken out of the list meanwhile
    }
  }

  function entryOf(instrument: InstrumentId): Watched {
    const known = watched.get(instrument);
    if (known) return known;
    const never = Number.NEGATIVE_INFINITY;
    const made: Watched = {
      watchers: 0,
      asking: undefined,
      askedAt: never,
      provenAt: never,
      book: undefined,
      receivedAt: 0,
    };
    watched.set(instrument, made);
    return made;
  }

  async function prove(instrument: InstrumentId, entry: Watched): Promise<void> {
    const sentAt = clock.monotonic();
    entry.askedAt = sentAt;
    try {
      const top = await markets.of(venueOf(instrument)).askTop?.(instrument);
      const book = bookOf(instrument);
      if (top === undefined || book === undefined || !isTopOf(top, book)) return;
      Object.assign(entry, { provenAt: sentAt, book, receivedAt: book.receivedAt });
    } catch {
      // Not proven. What is wrong with the venue's REST shows where it is looked after.
    } finally {
      entry.asking = undefined;
    }
  }

  function ask(instrument: InstrumentId): Promise<void> {
    const entry = entryOf(instrument);
    entry.asking ??= prove(instrument, entry);
    return entry.asking.finally(() => {
      if (entry.watchers === 0 && entry.asking === undefined) forgetLater(instrument, entry);
    });
  }

  /** Nobody watches it: what was proven is good for a moment, and then nobody's. */
  function forgetLater(instrument: InstrumentId, entry: Watched): void {
    clock.after(QUIET_MS * 2, () => {
      if (entry.watchers === 0 && entry.asking === undefined) watched.delete(instrument);
    });
  }

  function look(): void {
    let underWay = [...watched.values()].filter(({ asking }) => asking !== undefined).length;
    for (const [instrument, entry] of watched) {
      if (underWay >= MOST_AT_ONCE) return;
      if (entry.watchers === 0 || entry.asking || clock.monotonic() - entry.askedAt < ASK_EVERY_MS) continue;
      const book = bookOf(instrument);
      if (book === undefined || clock.now() - book.receivedAt < QUIET_MS) continue;
      underWay += 1;
      void ask(instrument);
    }
  }

  return {
    watch(instrument) {
      const entry = entryOf(instrument);
      entry.watchers += 1;
      stopLooking ??= clock.every(LOOK_EVERY_MS, look);
      let isWatched = true;
      return () => {
        if (!isWatched) return;
        isWatched = false;
        entry.watchers -= 1;
        if (entry.watchers === 0 && entry.asking === undefined) watched.delete(instrument);
        if ([...watched.values()].some(({ watchers }) => watchers > 0)) return;
        stopLooking?.();
        stopLooking = undefined;
      };
    },
    ask,
    provenAgoMs(instrument) {
      const entry = watched.get(instrument);
      if (entry === undefined || entry.provenAt === Number.NEGATIVE_INFINITY) return undefined;
      const book = bookOf(instrument);
      // Told anew since: then that is what it is as new as.
      if (book !== entry.book || book?.receivedAt !== entry.receivedAt) return undefined;
      return clock.monotonic() - entry.provenAt;
    },
    dispose() {
      stopLooking?.();
      watched.clear();
    },
  };
}

/** At the book's own scales, where both are whole numbers. */
function isTopOf(top: TopEvent, book: Book): boolean {
  const { bid, ask } = book.best();
  const isSame = (level: BookLevel | undefined, price: number, quantity: number) =>
    level !== undefined &&
    Math.round(price * 10 ** book.priceScale) === level.price &&
    Math.round(quantity * 10 ** book.quantityScale) === level.quantity;
  return isSame(bid, top.bidPrice, top.bidQuantity) && isSame(ask, top.askPrice, top.askQuantity);
}
