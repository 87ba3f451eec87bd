const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const RANGES = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;
/** How far back the timeline, the heat and the plots look. */
export type Range = (typeof RANGES)[number];

const WIDTHS: Readonly<Record<Range, number>> = {
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};

/** The engine keeps streams this long, in memory; states are kept for a month, on disk. */
const HEAT_KEPT_MS = 2 * HOUR;

/** What the heat and the plots show of a range: all of it, or as far back as is kept. */
export function heatMs(range: Range): number {
  return Math.min(WIDTHS[range], HEAT_KEPT_MS);
}

export function rangeMs(range: Range): number {
  return WIDTHS[range];
}
