import type { Clock } from '#shared/base/clock.ts';

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 60;

export interface PremiumHistory {
  /** The premium of a pairing now; NaN: not known. A minute keeps the last that was known in it. */
  note(pairing: string, premium: number): void;
  /** One value a minute up to this one, oldest first; NaN where nothing was known or nobody watched. */
  read(pairing: string): readonly number[];
}

/** The last hour of every pairing that was watched: outlives the watches, so that asking anew forgets nothing. */
export function createPremiumHistory(clock: Pick<Clock, 'monotonic'>): PremiumHistory {
  const kept = new Map<string, { readonly minute: number; premium: number }[]>();
  const minuteNow = () => Math.floor(clock.monotonic() / MINUTE_MS);
  return {
    note(pairing, premium) {
      const minute = minuteNow();
      const held = kept.get(pairing) ?? [];
      kept.set(pairing, held);
      const last = held.at(-1);
      // A millionth is finer than anything drawn.
      const rounded = Math.round(premium * 1e6) / 1e6;
      if (last?.minute !== minute) held.push({ minute, premium: rounded });
      else if (!Number.isNaN(rounded)) last.premium = rounded;
      while ((held[0]?.minute ?? minute) <= minute - KEPT_MINUTES) held.shift();
    },
    read(pairing) {
      const minute = minuteNow();
      const held = (kept.get(pairing) ?? []).filter((one) => one.minute > minute - KEPT_MINUTES);
      const first = held[0]?.minute;
      if (first === undefined) return [];
      const values = new Array<number>(minute - first + 1).fill(Number.NaN);
      for (const one of held) values[one.minute - first] = one.premium;
      return values;
    },
  };
}
