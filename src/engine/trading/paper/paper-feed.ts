import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import { fromScaled, plainNumber } from '#shared/base/decimal.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import type { Market } from '../../market/market.ts';
import type { PaperLevel, Print } from './paper-match.ts';
import type { PaperSight, PaperView } from './paper-sight.ts';

/** What reaches an account of its market, in order, and only while the book is fresh. */
export interface PaperFeedOptions {
  readonly clock: Clock;
  readonly market: Market;
  readonly onBook: (instrument: InstrumentId, sight: PaperSight) => void;
  readonly onPrint: (
    instrument: InstrumentId,
    print: Print & { readonly at: number },
    sight: PaperSight,
  ) => void;
  readonly onMark: (instrument: InstrumentId, price: Big, sight: PaperSight) => void;
  /** Trades that never came, and what was in them is not known. */
  readonly onHole: (instrument: InstrumentId, missed: number) => void;
  /** The book was broken for so long: what was traded then is known only as far as it was fetched afterwards. */
  readonly onBlind: (instrument: InstrumentId, forMs: number) => void;
}

export interface PaperFeed {
  /** Follows trades, book and, of derivatives, mark prices of these and of no others any more. */
  hold(wanted: ReadonlyMap<InstrumentId, 'spot' | 'derivatives'>): void;
  view(instrument: InstrumentId): PaperView;
  last(instrument: InstrumentId): Big | undefined;
  areMarksFresh(instruments: readonly string[]): boolean;
  dispose(): void;
}

type News = (TradeEvent & { readonly kind: 'trade' }) | { readonly kind: 'mark'; readonly price: number };

interface Held {
  readonly undo: readonly Undo[];
  /** Came while nothing could be filled, oldest first. */
  readonly waiting: News[];
  /** Trades that were passed on, by id. */
  seen: Set<string>;
  /** Monotonic: the newest frame of the book; since when there is none that can be believed; the newest mark price. */
  bookAt: number | undefined;
  brokenAt: number | undefined;
  markAt: number | undefined;
  markReceivedAt: number;
}

/** G26: on a book that is older nothing is filled. */
const BOOK_OLD_MS = 2000;
/** Levels a side that can be taken from: what the desk itself knows of a book, far beyond what it shows. */
const DEPTH = 500;
const MOST_WAITING = 10_000;
const MOST_SEEN = 4000;
const MARK_OLD_MS = 10_000;

export function createPaperFeed(options: PaperFeedOptions): PaperFeed {
  const { clock, market } = options;
  const held = new Map<InstrumentId, Held>();

  function view(instrument: InstrumentId): PaperView {
    const book = market.book(instrument)?.book;
    if (book?.state !== 'live') return { kind: 'blind', words: `the book of ${instrument} is not live` };
    const heardMs = clock.monotonic() - (held.get(instrument)?.bookAt ?? Number.NEGATIVE_INFINITY);
    // Either clock may say that it is old; what was heard since it is held, the one that is never set says best.
    const ageMs = Number.isFinite(heardMs) ? heardMs : clock.now() - book.receivedAt;
    if (!(ageMs <= BOOK_OLD_MS)) {
      return { kind: 'blind', words: `the book of ${instrument} is ${Math.round(ageMs)} ms old` };
    }
    const { priceScale, quantityScale, known, venueTime } = book;
    const side = (name: 'bids' | 'asks') => {
      const room = new Float64Array(DEPTH * 2);
      const count = book.readInto(name, room);
      return Array.from(
        { length: count },
        (_, at): PaperLevel => [
          scaled(room[at * 2] ?? 0, priceScale),
          scaled(room[at * 2 + 1] ?? 0, quantityScale),
        ],
      );
    };
    return {
      kind: 'seen',
      sight: {
        bids: () => side('bids'),
        asks: () => side('asks'),
        best(name) {
          const best = book.best();
          const level = name === 'bids' ? best.bid : best.ask;
          return level && scaled(level.price, priceScale);
        },
        isWhole: known === Number.POSITIVE_INFINITY,
        get since() {
          return sinceOf(instrument, venueTime);
        },
      },
    };
  }

  /**
   * The venue's time up to which trades are not later than what is seen: that of the book, of the newest trade, or of its clock as
   * measured, whichever is latest; a clock that is far ahead of the book is wrong.
   */
  function sinceOf(instrument: InstrumentId, bookTime: number): number {
    const newest = held.has(instrument) ? market.tape(instrument).recent.at(-1)?.venueTime : undefined;
    const offset = market.clockOffsetMs;
    const clockTime = offset === undefined ? 0 : clock.now() + offset;
    const heard = Math.max(Number.isFinite(bookTime) ? bookTime : 0, newest ?? 0);
    return heard === 0 ? clockTime : Math.max(heard, Math.min(clockTime, heard + BOOK_OLD_MS));
  }

  function pass(instrument: InstrumentId, entry: Held, isBook: boolean): void {
    let now = view(instrument);
    if (now.kind === 'blind') return;
    // One after the other: each may end what the next would have met.
    for (let news = entry.waiting.shift(); news !== undefined; news = entry.waiting.shift()) {
      if (news.kind === 'mark') options.onMark(instrument, new Big(plainNumber(news.price)), now.sight);
      else options.onPrint(instrument, printOf(news), now.sight);
      if (held.get(instrument) !== entry) return;
      now = view(instrument);
      if (now.kind === 'blind') return;
    }
    if (isBook) options.onBook(instrument, now.sight);
  }

  function hear(instrument: InstrumentId, entry: Held, news: readonly News[]): void {
    entry.waiting.push(...news);
    if (entry.waiting.length > MOST_WAITING) {
      const lost = entry.waiting.splice(0, entry.waiting.length - MOST_WAITING / 2);
      options.onHole(instrument, lost.filter(({ kind }) => kind === 'trade').length);
    }
    pass(instrument, entry, false);
  }

  function noteBreak(instrument: InstrumentId, entry: Held): void {
    if (market.book(instrument)?.book.state !== 'live') {
      entry.brokenAt ??= clock.monotonic();
      return;
    }
    const forMs = clock.monotonic() - (entry.brokenAt ?? clock.monotonic());
    entry.brokenAt = undefined;
    if (forMs > BOOK_OLD_MS) options.onBlind(instrument, forMs);
  }

  function unseen(entry: Held, trades: readonly TradeEvent[]): readonly TradeEvent[] {
    const fresh = trades.filter(({ id, offBook }) => !entry.seen.has(id) && offBook !== true);
    for (const { id } of fresh) entry.seen.add(id);
    if (entry.seen.size > MOST_SEEN) entry.seen = new Set([...entry.seen].slice(-MOST_SEEN / 2));
    return fresh;
  }

  const undo = [
    market.onChange((change) => {
      const entry = held.get(change.instrument);
      if (entry === undefined) return;
      const { instrument } = change;
      if (change.kind === 'book') {
        entry.bookAt = clock.monotonic();
        noteBreak(instrument, entry);
        pass(instrument, entry, true);
      } else if (change.kind === 'trade') {
        // Without one the past was filled in: what had been missed is there now.
        const trades = change.trade ? [change.trade] : market.tape(instrument).recent;
        hear(instrument, entry, unseen(entry, trades));
      } else if (change.kind === 'ticker') {
        const row = market.row(instrument);
        if (!row || !(row.mark > 0) || row.markReceivedAt === entry.markReceivedAt) return;
        entry.markReceivedAt = row.markReceivedAt;
        entry.markAt = clock.monotonic();
        hear(instrument, entry, [{ kind: 'mark', price: row.mark }]);
      }
    }),
    market.onFact((fact) => {
      if (fact.kind !== 'trades-recovered' || fact.missed <= fact.recovered) return;
      for (const instrument of held.keys()) {
        if (streamKeyText({ kind: 'trade', instrument }) !== fact.stream) continue;
        options.onHole(instrument, fact.missed - fact.recovered);
      }
    }),
  ];

  function open(instrument: InstrumentId, kind: 'spot' | 'derivatives'): void {
    const kinds = kind === 'spot' ? (['trade', 'book'] as const) : (['trade', 'book', 'mark'] as const);
    const undo = kinds.flatMap((stream) => {
      try {
        return [market.hold({ kind: stream, instrument })];
      } catch {
        // The venue has no such stream of it. Without a book or trades nothing is filled, without a mark nothing liquidated.
        return [];
      }
    });
    const entry: Held = {
      undo,
      waiting: [],
      seen: new Set(),
      bookAt: undefined,
      brokenAt: undefined,
      markAt: undefined,
      markReceivedAt: Number.NaN,
    };
    // Looked at, so that what a break costs is asked for.
    unseen(entry, market.tape(instrument).recent);
    held.set(instrument, entry);
  }

  function close(instrument: InstrumentId): void {
    const entry = held.get(instrument);
    held.delete(instrument);
    for (const leave of entry?.undo ?? []) leave();
  }

  return {
    hold(wanted) {
      for (const [instrument, kind] of wanted) if (!held.has(instrument)) open(instrument, kind);
      for (const instrument of [...held.keys()]) if (!wanted.has(instrument)) close(instrument);
    },
    view,
    last(instrument) {
      const last = market.row(instrument)?.last;
      return last !== undefined && last > 0 ? new Big(plainNumber(last)) : undefined;
    },
    areMarksFresh: (instruments) =>
      instruments.every((instrument) => {
        const at = held.get(instrument as InstrumentId)?.markAt;
        return at !== undefined && clock.monotonic() - at <= MARK_OLD_MS;
      }),
    dispose() {
      for (const leave of undo) leave();
      for (const instrument of [...held.keys()]) close(instrument);
    },
  };
}

function printOf({ price, quantity, side, venueTime }: TradeEvent): Print & { readonly at: number } {
  return {
    price: new Big(plainNumber(price)),
    quantity: new Big(plainNumber(quantity)),
    side,
    at: venueTime,
  };
}

/** `fromScaled` is exact up to 2^53, and so is every level. */
function scaled(value: number, scale: number): Big {
  return new Big(fromScaled(value, scale));
}
