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

/** What the heat shows of a range: all of it, or the two hours the engine keeps (in memory; states are kept on disk). */
export function heatRange(range: Range): '15m' | '1h' | '2h' {
  return range === '15m' || range === '1h' ? range : '2h';
}

export function heatMs(range: Range): number {
  const kept = heatRange(range);
  return kept === '2h' ? 2 * HOUR : WIDTHS[kept];
}

export function rangeMs(range: Range): number {
  return WIDTHS[range];
}
