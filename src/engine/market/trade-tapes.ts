import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import { createTradeTape, type TradeTape } from './trade-tape.ts';

export interface TradeTapesOptions {
  readonly clock: Clock;
  /** Whether `id` is the very next after `previousId`; absent where the venue's ids do not tell. */
  readonly follows?: ((previousId: string, id: string) => boolean) | undefined;
  /** The most recent trades over REST, oldest first. */
  readonly load: (instrument: InstrumentId) => Promise<readonly TradeEvent[]>;
  /** The past of a tape was filled in. */
  readonly onFilled: (instrument: InstrumentId) => void;
  /**
   * A break was looked into: `missed` trades never came by the stream (0 where ids do not tell), `recovered` of them were
   * fetched. Of a tape nobody looks at nothing is fetched.
   */
  readonly onRecovered?: (instrument: InstrumentId, missed: number, recovered: number) => void;
  readonly onFault: (fault: unknown, instrument: InstrumentId) => void;
}

/** The tapes of one venue. The past of a tape that somebody looks at is asked for over REST, again after every break. */
export interface TradeTapes {
  /** A live trade; true when it was new. */
  add(trade: TradeEvent): boolean;
  /** The tape, to be shown. */
  look(instrument: InstrumentId): TradeTape;
  /** The stream broke: the tape has a hole until the next trade has had it filled in. */
  interrupted(instrument: InstrumentId): void;
  /** Nobody keeps the stream any more: what comes after would not follow what is held. */
  release(instrument: InstrumentId): void;
  dispose(): void;
}

interface Entry {
  readonly tape: TradeTape;
  isLooked: boolean;
  /** A trade came since the stream began: a past asked for from here on leaves no hole before it. */
  isLive: boolean;
  isLoading: boolean;
  /** What is under way was asked for too early. */
  isAgain: boolean;
  cancelRetry: Undo | undefined;
  /** The newest trade before the first break that was not looked into yet, and how many ids were passed over since. */
  brokenAfter: string | undefined;
  missed: number;
}

const RETRY_MS = 3000;
const GAP_FILL_MS = 2000;
/** What a tape holds that nobody looks at (a watchlist keeps hundreds for their last prices), and one that is shown. */
const UNSEEN = 30;
const SHOWN = 500;

export function createTradeTapes(options: TradeTapesOptions): TradeTapes {
  const entries = new Map<InstrumentId, Entry>();

  function entryOf(instrument: InstrumentId): Entry {
    const known = entries.get(instrument);
    if (known) return known;
    const entry: Entry = {
      tape: createTradeTape(options.follows ? 'counted' : 'unordered', UNSEEN),
      isLooked: false,
      isLive: false,
      isLoading: false,
      isAgain: false,
      cancelRetry: undefined,
      brokenAfter: undefined,
      missed: 0,
    };
    entries.set(instrument, entry);
    return entry;
  }

  async function fill(instrument: InstrumentId, entry: Entry): Promise<void> {
    if (entry.isLoading) {
      entry.isAgain = true;
      return;
    }
    entry.cancelRetry?.();
    entry.cancelRetry = undefined;
    entry.isLoading = true;
    entry.isAgain = false;
    try {
      const trades = await options.load(instrument);
      if (entries.get(instrument) !== entry) return;
      const added = entry.tape.merge(trades);
      options.onFilled(instrument);
      // What was asked for too early says nothing of how much will be there.
      if (entry.isLive && !entry.isAgain) tellRecovered(instrument, entry, added);
    } catch (fault) {
      if (entries.get(instrument) !== entry) return;
      options.onFault(fault, instrument);
      entry.cancelRetry = options.clock.after(RETRY_MS, () => void fill(instrument, entry));
    } finally {
      entry.isLoading = false;
    }
    if (entry.isAgain) void fill(instrument, entry);
  }

  function tellRecovered(instrument: InstrumentId, entry: Entry, added: ReadonlySet<string>): void {
    const { brokenAfter, missed } = entry;
    if (brokenAfter === undefined) return;
    entry.brokenAfter = undefined;
    entry.missed = 0;
    const { recent } = entry.tape;
    const since = recent.findIndex(({ id }) => id === brokenAfter) + 1;
    const recovered = recent.slice(since).filter(({ id }) => added.has(id)).length;
    if (missed > 0 || recovered > 0) options.onRecovered?.(instrument, missed, recovered);
  }

  function release(instrument: InstrumentId): void {
    entries.get(instrument)?.cancelRetry?.();
    entries.delete(instrument);
  }

  return {
    add(trade) {
      const entry = entryOf(trade.instrument);
      const newest = entry.tape.newestId;
      const isNew = entry.tape.add(trade);
      // Without any sign of a break on the connection, the ids alone may show that some never came.
      const isGap = isNew && newest !== undefined && options.follows?.(newest, trade.id) === false;
      if (isGap && !entry.isLooked) {
        options.onRecovered?.(trade.instrument, idsBetween(newest, trade.id), 0);
        entry.brokenAfter = undefined;
      } else if (isGap) {
        entry.brokenAfter ??= newest;
        entry.missed += idsBetween(newest, trade.id);
        // Later, and once for all that is lost until then: a venue whose ids jump must not cost a question a trade.
        entry.cancelRetry ??= options.clock.after(GAP_FILL_MS, () => void fill(trade.instrument, entry));
      }
      if (!entry.isLive) {
        entry.isLive = true;
        if (entry.isLooked) void fill(trade.instrument, entry);
      }
      return isNew;
    },
    look(instrument) {
      const entry = entryOf(instrument);
      if (!entry.isLooked) {
        entry.isLooked = true;
        entry.tape.widen(SHOWN);
        void fill(instrument, entry);
      }
      return entry.tape;
    },
    interrupted(instrument) {
      const entry = entries.get(instrument);
      if (!entry) return;
      entry.isLive = false;
      entry.brokenAfter ??= entry.tape.newestId;
    },
    release,
    dispose() {
      for (const instrument of [...entries.keys()]) release(instrument);
    },
  };
}

/** How many ids lie between two; 1 where they are no numbers, for at least one does. */
function idsBetween(before: string, after: string): number {
  if (!/^\d+$/.test(before) || !/^\d+$/.test(after)) return 1;
  return Math.max(1, Number(BigInt(after) - BigInt(before)) - 1);
}
