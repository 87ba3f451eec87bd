import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';

/** The newest trade of each instrument, from whichever source: where an answer of REST has to go on. */
export interface NewestTrades {
  note(trade: TradeEvent): void;
  /**
   * What of an answer (oldest first) is new. `reaches` false: it does not go back to the newest one known, so that
   * something between the two was traded and is in neither.
   */
  sinceLast(
    instrument: InstrumentId,
    answer: readonly TradeEvent[],
  ): { readonly fresh: readonly TradeEvent[]; readonly reaches: boolean };
  forget(instrument: InstrumentId): void;
}

export function createNewestTrades(): NewestTrades {
  /** The newest time, and the ids of all trades of that millisecond: further ones of it may still come. */
  const newest = new Map<InstrumentId, { readonly at: number; readonly ids: Set<string> }>();
  return {
    note({ instrument, venueTime, id }) {
      const known = newest.get(instrument);
      if (known && venueTime < known.at) return;
      if (known?.at === venueTime) known.ids.add(id);
      else newest.set(instrument, { at: venueTime, ids: new Set([id]) });
    },
    sinceLast(instrument, answer) {
      const known = newest.get(instrument);
      const [first] = answer;
      if (!known || !first) return { fresh: answer, reaches: true };
      return {
        fresh: answer.filter(
          ({ venueTime, id }) => venueTime > known.at || (venueTime === known.at && !known.ids.has(id)),
        ),
        reaches: first.venueTime < known.at || answer.some(({ id }) => known.ids.has(id)),
      };
    },
    forget: (instrument) => void newest.delete(instrument),
  };
}
