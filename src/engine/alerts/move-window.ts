/** How far a price has moved within a window of time, from the lowest and from the highest it was in it. */
export interface MoveWindow {
  /** A believed price. `at`: ms, never smaller than before; earlier ones count as of now. */
  add(at: number, price: number): void;
  /** Percent since the lowest (up, ≥ 0) and since the highest (down, ≤ 0) of the window; 0 while nothing is known. */
  read(): { readonly up: number; readonly down: number };
}

/** Prices nearer to each other than this share of the window are not told apart: what is kept stays small. */
const GRAIN = 2000;

export function createMoveWindow(withinMs: number): MoveWindow {
  const lows = createExtremes(withinMs, (next, last) => next <= last);
  const highs = createExtremes(withinMs, (next, last) => next >= last);
  let price = Number.NaN;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    add(at, told) {
      latest = Math.max(latest, at);
      price = told;
      lows.add(latest, told);
      highs.add(latest, told);
    },
    read() {
      const low = lows.extreme;
      const high = highs.extreme;
      if (low === undefined || high === undefined) return { up: 0, down: 0 };
      return { up: (price / low - 1) * 100, down: (price / high - 1) * 100 };
    },
  };
}

/** The extreme of the last `withinMs`, by keeping only those that may still become it. */
function createExtremes(withinMs: number, beats: (next: number, last: number) => boolean) {
  let kept: { readonly at: number; readonly value: number }[] = [];
  return {
    add(at: number, value: number) {
      for (let last = kept.at(-1); last && beats(value, last.value); last = kept.at(-1)) kept.pop();
      const last = kept.at(-1);
      // The oldest is never left out: it is what the window is measured from.
      if (last === undefined || kept.length < 2 || at - last.at >= withinMs / GRAIN) kept.push({ at, value });
      let gone = 0;
      while (gone < kept.length && at - (kept[gone]?.at ?? at) > withinMs) gone += 1;
      if (gone > 0) kept = kept.slice(gone);
    },
    get extreme() {
      return kept[0]?.value;
    },
  };
}
