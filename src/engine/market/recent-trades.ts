import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { TradeEvent } from '#shared/domain/market-data.ts';

/** The ids of the last trades of each instrument, so that one told twice (by the venue, or by two sockets) counts once. */
export interface RecentTrades {
  /** Notes it; false when it was there before. */
  add(trade: TradeEvent): boolean;
  has(trade: TradeEvent): boolean;
  forget(instrument: InstrumentId): void;
}

/** A generation holds at least so many, and is at least so old: longer than two sockets of one venue ever lag behind each other. */
const LEAST = 64;
const LEAST_MS = 10_000;
/** Whatever its age: a flood must not be remembered whole. */
const MOST = 4096;

export function createRecentTrades(): RecentTrades {
  const byInstrument = new Map<InstrumentId, { ids: Set<string>; before: Set<string>; since: number }>();
  return {
    add({ instrument, id, receivedAt }) {
      let known = byInstrument.get(instrument);
      if (!known) {
        known = { ids: new Set(), before: new Set(), since: receivedAt };
        byInstrument.set(instrument, known);
      }
      if (known.ids.has(id) || known.before.has(id)) return false;
      known.ids.add(id);
      // Two generations: forgetting id by id would cost every trade a second look.
      const { size } = known.ids;
      const isOld = Math.abs(receivedAt - known.since) >= LEAST_MS;
      if (size >= MOST || (size >= LEAST && isOld)) {
        known.before = known.ids;
        known.ids = new Set();
        known.since = receivedAt;
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
