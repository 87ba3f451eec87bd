import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';

/** The ids of the last trades of each instrument, so that one told twice (by the venue, or by two sockets) counts once. */
export interface RecentTrades {
  /** Notes it; false when it was there before. */
  add(trade: TradeEvent): boolean;
  has(trade: TradeEvent): boolean;
  forget(instrument: InstrumentId): void;
}

/** More than two sockets of one venue ever lag behind each other. */
const KEPT = 512;

export function createRecentTrades(): RecentTrades {
  const byInstrument = new Map<InstrumentId, { ids: Set<string>; before: Set<string> }>();
  return {
    add({ instrument, id }) {
      let known = byInstrument.get(instrument);
      if (!known) {
        known = { ids: new Set(), before: new Set() };
        byInstrument.set(instrument, known);
      }
      if (known.ids.has(id) || known.before.has(id)) return false;
      known.ids.add(id);
      // Two generations: forgetting id by id would cost every trade a second look.
      if (known.ids.size >= KEPT) {
        known.before = known.ids;
        known.ids = new Set();
      }
      return true;
    },
    has({ instrument, id }) {
      const known = byInstrument.get(instrument);
      return known !== undefined && (known.ids.has(id) || known.before.has(id));
    },
    forget: (instrument) => void byInstrument.delete(instrument),
  };
}
