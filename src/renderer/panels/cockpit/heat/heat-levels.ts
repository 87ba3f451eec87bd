import type { HeatMeasure } from '#shared/domain/metrics.ts';

/** How a cell looks: each level has its own colour and its own marks, so that neither stands alone. */
export type HeatLevel = 'unknown' | 'good' | 'fair' | 'late' | 'bad';

/** Upper bounds of good, fair and late, ms. */
const BOUNDS = {
  // Round trips over an ocean are good; what a person notices is late.
  latency: [250, 1_000, 3_000],
  // As on every price: dimmed after six seconds, struck through after thirty.
  silence: [2_000, 6_000, 30_000],
} as const;

export function heatBounds(measure: Exclude<HeatMeasure, 'rate'>): readonly [number, number, number] {
  return BOUNDS[measure];
}

/** Rates have no good or bad of their own: for them only a standstill is told apart. */
export function heatLevel(measure: HeatMeasure, value: number): HeatLevel {
  if (Number.isNaN(value)) return 'unknown';
  if (measure === 'rate') return value > 0 ? 'good' : 'late';
  const [good, fair, late] = BOUNDS[measure];
  if (value <= good) return 'good';
  if (value <= fair) return 'fair';
  return value <= late ? 'late' : 'bad';
}
