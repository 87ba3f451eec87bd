import type { Clock } from '#shared/base/clock.ts';

/** Remembers how the offset between our clock and each venue's moved. */
export interface OffsetWatch {
  /** Once a second: venue clock minus ours, ms, where measured. */
  note(offsets: Readonly<Record<string, number>>): void;
  latest(venue: string): number | undefined;
  /** The largest change between two measurements since `wallTime`, ms; 0 where there was none. */
  movedSince(venue: string, wallTime: number): number;
}

const REMEMBERED = 20;

export function createOffsetWatch(clock: Clock): OffsetWatch {
  const latest = new Map<string, number>();
  const moves = new Map<string, { readonly at: number; readonly byMs: number }[]>();
  return {
    note(offsets) {
      for (const [venue, offsetMs] of Object.entries(offsets)) {
        const before = latest.get(venue);
        latest.set(venue, offsetMs);
        if (before === undefined || before === offsetMs) continue;
        const known = moves.get(venue) ?? [];
        moves.set(venue, [...known, { at: clock.now(), byMs: offsetMs - before }].slice(-REMEMBERED));
      }
    },
    latest: (venue) => latest.get(venue),
    movedSince: (venue, wallTime) =>
      (moves.get(venue) ?? [])
        .filter(({ at }) => at >= wallTime)
        .reduce((largest, { byMs }) => (Math.abs(byMs) > Math.abs(largest) ? byMs : largest), 0),
  };
}
