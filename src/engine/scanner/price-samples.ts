import type { InstrumentId } from '#shared/domain/instrument.ts';

const EVERY_MS = 30_000;
/** An hour, and some for readings that came late. */
const SLOTS = 128;
/** A reading comes within so much of its time; what is further off is another window. */
const TOLERANCE_MS = 35_000;

/** Prices of one venue's instruments over the last hour, every half minute, for moves. Times: wall ms. */
export interface PriceSamples {
  /** Ignored while the last sample is young. */
  note(at: number, prices: Iterable<readonly [InstrumentId, number]>): void;
  /** `price` against the one `windowMs` before `at`, as a share; NaN without a sample of that time. */
  move(instrument: InstrumentId, price: number, at: number, windowMs: number): number;
  /** The oldest sample from which on none is missing; NaN without any. */
  readonly since: number;
}

export function createPriceSamples(): PriceSamples {
  const times = new Float64Array(SLOTS).fill(Number.NaN);
  const prices = new Map<InstrumentId, Float64Array>();
  let newest = 0;

  const timeAt = (back: number) => times[(newest - back + SLOTS) % SLOTS] ?? Number.NaN;

  /** The slot whose time is nearest. */
  function slotAt(time: number): number | undefined {
    let best: number | undefined;
    let bestOff = TOLERANCE_MS;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const off = Math.abs((times[slot] ?? Number.NaN) - time);
      if (!(off <= bestOff)) continue;
      best = slot;
      bestOff = off;
    }
    return best;
  }

  // The same question for every row of a venue.
  let asked = { time: Number.NaN, slot: undefined as number | undefined };

  return {
    note(at, told) {
      const last = timeAt(0);
      // A clock that was set back makes the past another one.
      if (at < last) times.fill(Number.NaN);
      else if (at - last < EVERY_MS - 1_000) return;
      newest = (newest + 1) % SLOTS;
      times[newest] = at;
      for (const column of prices.values()) column[newest] = Number.NaN;
      for (const [instrument, price] of told) {
        let column = prices.get(instrument);
        if (!column) {
          column = new Float64Array(SLOTS).fill(Number.NaN);
          prices.set(instrument, column);
        }
        column[newest] = price;
      }
      asked = { time: Number.NaN, slot: undefined };
    },
    move(instrument, price, at, windowMs) {
      const time = at - windowMs;
      if (asked.time !== time) asked = { time, slot: slotAt(time) };
      const { slot } = asked;
      const before = slot === undefined ? Number.NaN : (prices.get(instrument)?.[slot] ?? Number.NaN);
      return before > 0 ? price / before - 1 : Number.NaN;
    },
    get since() {
      let since = timeAt(0);
      for (let back = 1; back < SLOTS; back += 1) {
        const earlier = timeAt(back);
        if (!(since - earlier <= 2 * TOLERANCE_MS)) break;
        since = earlier;
      }
      return since;
    },
  };
}
